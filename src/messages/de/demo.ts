/** German: the demonstration beside one's own data. */
export const demo: Readonly<Record<string, string>> = {
  'This installation holds nothing but the demonstration.': 'Diese Installation enthält nichts als die Demonstration.',
  'This installation holds nothing but the demonstration. Whoever runs it takes it away: pilothouse demo remove.':
    'Diese Installation enthält nichts als die Demonstration. Wer sie betreibt, entfernt sie: pilothouse demo remove.',
  'The demonstration is here already.': 'Die Demonstration ist schon da.',
  'The demonstration is on its way already.': 'Die Demonstration ist schon unterwegs.',
  'There is no demonstration here.': 'Hier ist keine Demonstration.',
  'People have written {0} records into the demonstration; they would go with it: {1}. Say how many may go.':
    'In die Demonstration wurden {0} Datensätze geschrieben; sie gingen mit ihr: {1}. Geben Sie an, wie viele gehen dürfen.',
  'Sign in with a browser to look at the demonstration; a token cannot.':
    'Melden Sie sich mit einem Browser an, um die Demonstration anzusehen; mit einem Token geht es nicht.',
  'Nothing of the organisation changes; the session looks elsewhere.':
    'Nichts an der Organisation ändert sich; die Sitzung sieht woanders hin.',
}
