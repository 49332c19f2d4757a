/** Names of the people of Harbour Works: where the plants are, and the many who came from elsewhere. */
import type { Dice } from './dice.ts'

type Region = 'de' | 'pl' | 'pt' | 'world'
interface Names {
  readonly women: readonly string[]
  readonly men: readonly string[]
  readonly family: readonly string[]
}
const list = (text: string): string[] => text.trim().split(/\s+/)

const NAMES: Readonly<Record<Region, Names>> = {
  de: {
    women: list(
      'Anna Lena Katrin Sabine Julia Birgit Maren Silke Heike Johanna Frauke Meike Antje Svenja Imke Wiebke Carola Petra Tanja Nele Jana Ute Martina Gesa Inga Franziska Stefanie Kerstin Melanie Theresa Miriam Greta Lisa Hanna Doris Claudia Eva Nina Paula Vera',
    ),
    men: list(
      'Jan Lars Thomas Stefan Uwe Michael Hauke Torben Sven Jens Matthias Andreas Christian Frank Holger Olaf Niklas Finn Malte Henrik Kai Markus Ralf Dirk Tobias Florian Sebastian Philipp Bernd Joachim Arne Gerrit Klaus Detlef Ingo Moritz Leon Felix Simon Martin',
    ),
    family: list(
      'Petersen Hansen Janssen Meyer Müller Schmidt Behrens Lüders Ahlers Brandt Claussen Dirks Ehlers Fischer Gerdes Harms Hinrichs Jürgens Köster Lange Lührs Martens Menke Nissen Oltmann Paulsen Rohde Schröder Siemers Thomsen Tietjen Voss Wagner Weber Wilkens Winter Wulff Zimmermann Becker Hoffmann Krüger Schulz Bartels Böttcher Cordes Döring Eggers Franke Grote Heitmann Kröger Kruse Mahnke Neumann Ostermann Poppe Reimers Sander Stelling Timm Uhl Vogt Warnke',
    ),
  },
  pl: {
    women: list(
      'Agnieszka Magdalena Katarzyna Joanna Małgorzata Ewa Zofia Hanna Aleksandra Natalia Karolina Monika Dorota Beata Iwona Justyna Paulina Marta Weronika Alicja Barbara Renata Sylwia Kinga Emilia Gabriela Julia Maja Urszula Izabela Patrycja Elżbieta',
    ),
    men: list(
      'Piotr Krzysztof Tomasz Paweł Marcin Michał Jakub Adam Łukasz Grzegorz Wojciech Mateusz Kamil Rafał Dariusz Mariusz Bartosz Maciej Artur Sławomir Zbigniew Kacper Filip Szymon Dawid Robert Jacek Przemysław Sebastian Jerzy Marek Leszek',
    ),
    family: list(
      'Nowak Kowalski Wiśniewski Wójcik Kowalczyk Kamiński Lewandowski Zieliński Szymański Woźniak Dąbrowski Kozłowski Jankowski Mazur Wojciechowski Kwiatkowski Krawczyk Kaczmarek Piotrowski Grabowski Zając Pawłowski Michalski Król Wieczorek Jabłoński Wróbel Nowakowski Majewski Olszewski Stępień Malinowski Jaworski Adamczyk Dudek Nowicki Pawlak Górski Witkowski Walczak Sikora Baran Rutkowski Michalak Szewczyk Ostrowski Tomaszewski Pietrzak Zalewski Wróblewski Formela Bieszk Klawikowski Necel',
    ),
  },
  pt: {
    women: list(
      'Ana Maria Inês Beatriz Catarina Mariana Sofia Carla Sónia Teresa Joana Rita Marta Patrícia Helena Cristina Susana Leonor Matilde Filipa Margarida Diana Sandra Paula Isabel Luísa Vera Cláudia Raquel Fátima Carolina Daniela',
    ),
    men: list(
      'João Pedro Rui Nuno Miguel Tiago Luís José António Carlos Paulo Ricardo Bruno Hugo André Diogo Gonçalo Francisco Manuel Fernando Jorge Vasco Duarte Filipe Sérgio Rodrigo Tomás Henrique Artur Joaquim Vítor Rafael',
    ),
    family: list(
      'Silva Santos Ferreira Pereira Oliveira Costa Rodrigues Martins Sousa Fernandes Gonçalves Gomes Lopes Marques Alves Almeida Ribeiro Pinto Carvalho Teixeira Moreira Correia Mendes Nunes Soares Vieira Monteiro Cardoso Rocha Neves Coelho Cruz Cunha Pires Ramos Reis Simões Antunes Matos Fonseca Machado Araújo Barbosa Tavares Lourenço Castro Figueiredo Azevedo Freitas Magalhães Brito Leite Barros Guedes',
    ),
  },
  world: {
    women: list(
      'Elif Ayşe Fatma Olena Iryna Nataliya Yara Leila Samira Priya Ananya Mei Linh Amara Chiara Giulia Elena Ioana Andreea Mirela Sanja Ivana Camille Léa Emma Sarah Zeynep Nadia Yasmin Thu Adaeze Lucía',
    ),
    men: list(
      'Mehmet Emre Mustafa Oleksandr Andriy Dmytro Ahmed Omar Yusuf Arjun Ravi Wei Minh Kwame Luca Marco Andrei Bogdan Radu Goran Luka Milan Antoine Hugo James Oliver Karim Hassan Tariq Emeka Javier Diego',
    ),
    family: list(
      'Yılmaz Demir Kaya Çelik Şahin Shevchenko Kovalenko Bondarenko Melnyk Tkachenko Haddad Khalil Mansour Rahman Sharma Patel Reddy Nguyen Tran Chen Wang Mensah Okafor Rossi Ricci Popescu Ionescu Dumitru Horvat Kovačić Jovanović Dubois Laurent Smith Walker Hughes García Romero Nasser Öztürk',
    ),
  },
}
const GENDERED = /(sk|ck|dzk)i$/

/** A name such as people at a site have; one in six comes from elsewhere. */
export function drawName(dice: Dice, region: Exclude<Region, 'world'>): string {
  const from = dice.isLucky(1 / 6) ? 'world' : dice.isLucky(0.06) ? dice.pick(['de', 'pl', 'pt'] as const) : region
  const names = NAMES[from]
  const isWoman = dice.isLucky(0.38)
  const family = dice.pick(names.family)
  const double = from === 'pt' && dice.isLucky(0.4) ? `${dice.pick(names.family)} ` : ''
  const own = isWoman && from === 'pl' && GENDERED.test(family) ? family.replace(/i$/, 'a') : family
  return `${dice.pick(isWoman ? names.women : names.men)} ${double}${own}`
}

const LETTERS: Readonly<Record<string, string>> = {
  ł: 'l',
  Ł: 'L',
  ß: 'ss',
  ø: 'o',
  ı: 'i',
  ü: 'ue',
  ö: 'oe',
  ä: 'ae',
  Ü: 'Ue',
  Ö: 'Oe',
  Ä: 'Ae',
}
/** Gives every name an address of its own: first.last@…, then first.last2@…. */
export class Addresses {
  readonly #taken = new Map<string, number>()
  take(name: string): string {
    const plain = name
      .replace(/[łŁßøıüöäÜÖÄ]/g, (letter) => LETTERS[letter] ?? letter)
      .normalize('NFKD')
      .replace(/\p{M}+/gu, '')
      .toLowerCase()
    const words = plain.split(' ')
    const local = `${words[0] ?? ''}.${words.at(-1) ?? ''}`.replace(/[^a-z.]/g, '')
    const count = (this.#taken.get(local) ?? 0) + 1
    this.#taken.set(local, count)
    return `${local}${count === 1 ? '' : count}@harbourworks.example`
  }
}
