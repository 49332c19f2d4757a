/** What goes wrong with workplaces, networks, accounts and servers; written as the business troubles are. */
export const TECHNICAL_TROUBLES = `
# account 20 8 fixed
? Password expired, cannot sign in
? Account locked after holiday
? {name}: please reset password
? Locked out of Windows on {host}
- I tried it three times and now the account is locked.
- I was away for two weeks and the password ran out meanwhile.
= Identity checked by call back, account unlocked, new password set by the user.
= Old password was stored on the phone and locked the account. Removed there and unlocked.
# account 10 12 fixed
? New phone: second factor does not work
? Authenticator app lost with old phone
- I got a new phone and the app shows no code.
= Identity checked in a video call; second factor registered on the new phone.
# account 9 25 fixed
? Access to folder of {department} for {name}
? No rights on shared mailbox {department}
? New colleague {name} has no access to ERP
- She started on Monday and cannot work properly.
- Line manager has agreed, see attached mail.
= Group added after approval of the owner; works after signing in again.
= Entry in the directory had the wrong department; corrected, rights follow.
# account 5 10 advice
? How long must a password be?
? May I use the same password for the supplier portal?
- The page refuses everything I type.
= Explained the rules and the password manager that everybody may use.
# laptop 12 30 fixed
? {host}: battery lasts only twenty minutes
? Notebook {host} gets hot and switches off
? {host} does not start, only black screen
- It happens since {time}. I have a customer visit tomorrow.
- I have to keep it on the charger all the time.
= Battery exchanged under warranty.
= Firmware updated and fan cleaned. Ran for two hours without fault.
= Main board faulty. Replacement {host} set up, files were on the share.
# laptop 11 20 fixed
? Docking station does not recognise the screens
? Second screen stays black at {host}
? Keyboard and mouse at the dock stop working
- After lunch only one screen came back.
= Firmware of the dock updated; both screens work.
= Cable exchanged. The old one was bent at the plug.
# laptop 10 35 fixed
? Software {app} cannot be installed
? {app} asks for an administrator
? {app} closes by itself
- I need it for a project with {customer}.
- After the update {app} closes as soon as I open a file.
= Package sent through software distribution after approval.
= Cache of {app} deleted; it starts again. The maker knows the fault, an update is due next month.
# laptop 8 25 vanished
? Computer very slow since {time}
? {host} hangs when opening files
- Everything takes ages. Restarted twice already.
= Update ran in the background; afterwards it was quick again.
= Disk was {pct} % full. Cleaned together with the user.
# print 12 15 fixed
? Printer {printer} does not print
? Paper jam in {printer} again
? {printer}: "call service" {code}
- I sent five pages and nothing came out.
- The light blinks orange.
= Jam removed from tray {n}, rollers cleaned.
= Queue restarted, {many} waiting jobs printed.
= Service company exchanged the fuser. Test page is good.
# print 8 15 fixed
? Cannot release print jobs with badge at {printer}
? Badge is not known at {printer}
- My badge was exchanged last week.
= New badge registered at the printer with the self-service code.
= Reader had lost its connection; power off and on.
# print 6 15 fixed
? {printer} prints only black and white
? Stripes on every page from {printer}
- We need the folder for {customer} in colour today.
= Drum exchanged.
= Default of the queue was set to monochrome. Changed for the department.
# mail 12 20 fixed
? Mail to {customer} comes back
? Mails from {customer} do not arrive
? Attachment to {customer} is refused
- The answer says {code}. On Friday it still worked.
- The customer has sent it three times.
= The mail of the customer failed the sender check. Told their IT; released for two weeks.
= Attachment was above 35 MB. Sent by the exchange folder.
= Mailbox of the recipient was full; the sender told by phone.
# mail 10 15 fixed
? Outlook asks for the password again and again
? Calendar of {name} is not shown
? Mailbox full, cannot send
- It started after I changed my password.
- I am her deputy this week and need it.
= Stored credentials deleted, signed in anew.
= Right on the calendar given by the owner; shown after restart.
= Archive switched on; the mailbox is at {pct} %.
# mail 3 10 advice
? How to set an absence note for {name}?
- He is away unexpectedly and customers wait for an answer.
= Note set after approval by the line manager.
# mail 2 10 advice
? Restore a deleted mail
? Mails of {month} are gone from my inbox
- I need the mail of {customer} with the delivery dates.
= Restored from the folder "recoverable items"; shown how.
# telephony 5 25 fixed
? Telephone {ext} has no dial tone
? Calls to {ext} do not ring
- The display shows "no service".
- It worked until {time}. My colleague next door has none either.
= Port on the switch set again; telephone registered.
= Diversion to the mobile was still set from the holiday. Removed.
# telephony 4 20 fixed
? Callers hear me badly
? Headset crackles in calls
- Customers say that they hear only every second word.
= Headset exchanged.
= Wrong microphone was chosen in the program. Set and tested.
# telephony 5 20 fixed
? Please change queue of {department}: {name} has left
? Queue {department} is closed on the wrong day
- The announcement says that we are closed.
= Opening hours and members of the queue corrected.
# wifi 12 30 fixed
? Wi-Fi in {room} very weak
? No Wi-Fi in {hall}
? Wi-Fi drops every few minutes in {hall}
- Video calls freeze. On the cable it is fine.
- Tablets at the line lose connection several times an hour.
= Access point in {room} restarted after firmware update; signal is good again.
= Channel of the neighbouring access point changed; measured {n}0 Mbit/s.
= Too many devices on one access point ({many}). A further one has been ordered for {hall}.
# wifi 4 15 fixed
? Notebook {host} does not join the Wi-Fi
? {host}: Wi-Fi asks for a certificate
- It worked until my holiday. On the cable everything is fine.
= Certificate of the device had expired; renewed over the cable.
# wifi 2 10 fixed
? Guest Wi-Fi: code does not work
- The visitor of {customer} needs it for the acceptance test.
= New visitor code given for the day.
# network 9 40 fixed
? No network at {room}, wall socket {n}
? {hall}: several computers without network
? Network very slow in {room}
- Four desks have no network since the move.
= Socket patched to the right switch.
= Loop between two sockets removed; loop protection switched on for this switch.
# network 8 50 fixed alarm
? Switch {switch} does not answer
? Line {switch}: packet loss {pct} %
? {switch}: port {n} goes up and down
- Three checks in a row failed. Affected place: {room}.
= Power supply exchanged from stock; switch is back.
= Carrier confirmed a fault on its side and restored the line. Traffic ran over the second one.
= Transceiver exchanged.
# remote 11 15 fixed
? VPN does not connect from home
? VPN disconnects after a few minutes
? VPN: "gateway not reachable"
- From the hotel it does not connect. At home it works.
- It connects but I reach no folder.
= Client updated to the present version.
= Router at home used the same address range as the plant. Second profile set up.
= Second factor had been confirmed too late. Explained and tested.
# remote 4 30 fixed
? Supplier {supplier} cannot reach {machine} by remote maintenance
- The technician waits in a call.
= Access opened for four hours and recorded; closed again afterwards.
# files 10 20 fixed
? Folder {department} not reachable
? Drive S: is missing on {host}
- Since I signed in this morning. The others have it.
= Drive connected by the new sign-in script.
= Group membership had been lost with the change of department; put back.
# files 5 15 fixed
? File "{report}.xlsx" is locked by {name}
? Cannot save "{report}.xlsx", opened by {name}
- {name} has gone home, and we need it for the meeting at {time}.
= Session of the colleague closed after asking.
# files 7 25 fixed
? Please restore folder "{department}/{month}"
? File overwritten by mistake: {report}.xlsx
- It was still there yesterday at {time}.
- I saved over the wrong one.
= Restored from the copy of last night and checked with the user.
= Earlier version restored from the shadow copy in five minutes.
# meeting 7 15 fixed
? Screen in meeting room {room} stays black
? Camera in {room} not found
? Booking panel of {room} shows the wrong meeting
- The meeting with {customer} begins at {time}.
= Cable at the table box exchanged.
= Room system restarted; it is restarted every night from now on.
# mobile 5 20 fixed
? Mobile of {name} does not receive mail
? Tablet {host} asks for an unknown code
- Since the update of the system last night.
= Profile removed and device enrolled anew.
# mobile 3 25 fixed
? Display of phone broken
? Phone fell into the dock basin
- It fell from the forklift. I can hear it ring, but the screen is dark.
= Device exchanged from stock; number moved to the new one.
# security 10 15 advice
? Suspicious mail: "{report} attached"
? Strange mail in the name of {name}
? Is this mail from {customer} genuine?
- I have not clicked on anything.
- The address looks odd, but the name is right.
= Phishing. Sender blocked, {many} copies removed from other mailboxes, reporter thanked.
= Genuine newsletter of the customer; released.
# security 5 45 fixed alarm
? Malware found and stopped on {host}
? {host}: protection switched off
? Sign-in of {name} from an unknown country
- Rule {code}. The device has been separated from the network.
= File was part of a browser add-on; removed, device checked and let in again.
= Business trip, confirmed by the line manager. Travel noted in the directory.
= Agent repaired; reports again.
# server 9 40 fixed alarm
? {server}: disk {pct} % full
? {server}: service does not answer
? {server}: memory above {pct} %
- Check failed at {time}, three times in a row.
= Old log files archived; the volume was enlarged by 50 GB.
= Service restarted; the memory fault is known to the maker (fix in the next version).
= A forgotten snapshot filled the volume. Removed in the evening.
# server 6 55 fixed alarm
? Backup of {server} failed
? Backup of {server} ran {n} hours too long
- Job ended with {code}. The last good copy is of the night before.
= Repeated by hand and ended well; the next run was good, too.
= Credentials of the backup account had been changed. Entered; restore test of a file passed.
`
