/** Harbour Works on paper: sites, departments and jobs. It makes mooring winches, deck cranes and fenders. */

/** The company counts its days in Hamburg. */
export const ZONE = 'Europe/Berlin'

export type SiteCode = 'HAM' | 'BHV' | 'GDN' | 'PRT'
/** Whose work a service belongs to. */
export type Audience =
  | 'office'
  | 'production'
  | 'engineering'
  | 'finance'
  | 'people'
  | 'warehouse'
  | 'quality'
  | 'sales'
  | 'maintenance'
  | 'it'
export interface Site {
  readonly code: SiteCode
  readonly name: string
  readonly unit: string
  readonly country: string
  readonly region: string | null
  readonly zone: string
  readonly names: 'de' | 'pl' | 'pt'
  readonly phone: string
  readonly address: string
  readonly share: number
  readonly buildings: readonly (readonly [name: string, kind: 'building' | 'floor' | 'room', audiences: string])[]
}
export interface Department {
  readonly name: string
  readonly code: string
  readonly audience: Audience
  readonly weight: number
  readonly head: string
  readonly jobs: readonly string[]
}

export const SITES: readonly Site[] = [
  {
    code: 'HAM',
    name: 'Hamburg',
    unit: 'Head office Hamburg',
    country: 'DE',
    region: 'HH',
    zone: 'Europe/Berlin',
    names: 'de',
    phone: '+49 40 5550',
    share: 0.2,
    address: 'Am Sandtorkai 48\n20457 Hamburg',
    buildings: [
      ['Floor 3', 'floor', 'office people finance'],
      ['Floor 4', 'floor', 'sales office'],
      ['Floor 5', 'floor', 'engineering it'],
      ['Server room Hamburg', 'room', ''],
    ],
  },
  {
    code: 'BHV',
    name: 'Bremerhaven',
    unit: 'Plant Bremerhaven',
    country: 'DE',
    region: 'HB',
    zone: 'Europe/Berlin',
    names: 'de',
    phone: '+49 471 5551',
    share: 0.34,
    address: 'Labradorstraße 12\n27572 Bremerhaven',
    buildings: [
      ['Hall A Machining', 'building', 'production'],
      ['Hall B Assembly', 'building', 'production quality'],
      ['Warehouse Labrador', 'building', 'warehouse'],
      ['Office building', 'building', 'office engineering people finance sales it maintenance'],
      ['Data centre Bremerhaven', 'room', ''],
    ],
  },
  {
    code: 'GDN',
    name: 'Gdańsk',
    unit: 'Plant Gdańsk',
    country: 'PL',
    region: null,
    zone: 'Europe/Warsaw',
    names: 'pl',
    phone: '+48 58 5552',
    share: 0.28,
    address: 'ul. Kontenerowa 7\n80-601 Gdańsk',
    buildings: [
      ['Hala 1 Welding', 'building', 'production'],
      ['Hala 2 Assembly', 'building', 'production quality'],
      ['Magazyn', 'building', 'warehouse'],
      ['Biurowiec', 'building', 'office engineering people finance sales it maintenance'],
      ['Server room Gdańsk', 'room', ''],
    ],
  },
  {
    code: 'PRT',
    name: 'Porto',
    unit: 'Plant Porto',
    country: 'PT',
    region: null,
    zone: 'Europe/Lisbon',
    names: 'pt',
    phone: '+351 22 5553',
    share: 0.18,
    address: 'Rua do Porto de Leixões 210\n4450-208 Matosinhos',
    buildings: [
      ['Nave 1 Fenders', 'building', 'production'],
      ['Nave 2 Painting', 'building', 'production quality'],
      ['Armazém', 'building', 'warehouse'],
      ['Escritórios', 'building', 'office engineering people finance sales it maintenance'],
      ['Server room Porto', 'room', ''],
    ],
  },
]

export const OFFICE: readonly Department[] = [
  {
    name: 'Executive board',
    code: '1000',
    audience: 'office',
    weight: 2,
    head: 'Chief executive officer',
    jobs: ['Assistant to the board', 'Head of communication'],
  },
  {
    name: 'Finance',
    code: '1100',
    audience: 'finance',
    weight: 14,
    head: 'Chief financial officer',
    jobs: ['Accountant', 'Controller', 'Accounts payable clerk', 'Treasury specialist', 'Credit controller'],
  },
  {
    name: 'Human resources',
    code: '1200',
    audience: 'people',
    weight: 9,
    head: 'Head of human resources',
    jobs: ['HR business partner', 'Payroll specialist', 'Recruiter', 'Training coordinator'],
  },
  {
    name: 'Sales',
    code: '1300',
    audience: 'sales',
    weight: 22,
    head: 'Head of sales',
    jobs: ['Sales manager', 'Key account manager', 'Tender engineer', 'Sales assistant', 'After-sales coordinator'],
  },
  {
    name: 'Purchasing',
    code: '1400',
    audience: 'office',
    weight: 12,
    head: 'Head of purchasing',
    jobs: ['Strategic buyer', 'Operative buyer', 'Supplier quality engineer'],
  },
  {
    name: 'Product engineering',
    code: '1500',
    audience: 'engineering',
    weight: 20,
    head: 'Head of engineering',
    jobs: [
      'Design engineer',
      'Hydraulics engineer',
      'Electrical engineer',
      'CAD designer',
      'Calculation engineer',
      'Project engineer',
    ],
  },
  {
    name: 'Quality and compliance',
    code: '1600',
    audience: 'quality',
    weight: 6,
    head: 'Head of quality',
    jobs: ['Quality manager', 'Auditor', 'Legal counsel'],
  },
  {
    name: 'Information systems',
    code: '1700',
    audience: 'it',
    weight: 0,
    head: 'Information systems manager',
    jobs: [],
  },
]
export const PLANT: readonly Department[] = [
  {
    name: 'Plant management',
    code: '00',
    audience: 'office',
    weight: 2,
    head: 'Plant manager',
    jobs: ['Plant controller', 'Assistant to the plant manager', 'Lean manager'],
  },
  {
    name: 'Machining',
    code: '10',
    audience: 'production',
    weight: 21,
    head: 'Head of machining',
    jobs: ['CNC machinist', 'CNC programmer', 'Machine operator', 'Shift leader', 'Tool setter'],
  },
  {
    name: 'Assembly',
    code: '20',
    audience: 'production',
    weight: 25,
    head: 'Head of assembly',
    jobs: ['Assembly fitter', 'Electrician', 'Hydraulics fitter', 'Shift leader', 'Line operator'],
  },
  {
    name: 'Welding and painting',
    code: '30',
    audience: 'production',
    weight: 14,
    head: 'Head of welding and painting',
    jobs: ['Welder', 'Painter', 'Shift leader', 'Robot operator'],
  },
  {
    name: 'Warehouse and logistics',
    code: '40',
    audience: 'warehouse',
    weight: 12,
    head: 'Head of logistics',
    jobs: ['Warehouse clerk', 'Forklift driver', 'Dispatcher', 'Customs clerk', 'Logistics planner'],
  },
  {
    name: 'Maintenance',
    code: '50',
    audience: 'maintenance',
    weight: 7,
    head: 'Head of maintenance',
    jobs: ['Maintenance technician', 'Automation technician', 'Maintenance planner'],
  },
  {
    name: 'Quality control',
    code: '60',
    audience: 'quality',
    weight: 6,
    head: 'Head of quality control',
    jobs: ['Quality inspector', 'Laboratory technician', 'Measurement technician'],
  },
  {
    name: 'Production planning',
    code: '70',
    audience: 'office',
    weight: 5,
    head: 'Head of production planning',
    jobs: ['Production planner', 'Scheduler', 'Work preparation engineer'],
  },
  {
    name: 'Plant engineering',
    code: '80',
    audience: 'engineering',
    weight: 4,
    head: 'Head of plant engineering',
    jobs: ['Process engineer', 'Design engineer', 'CAD designer'],
  },
  {
    name: 'Administration',
    code: '90',
    audience: 'office',
    weight: 4,
    head: 'Head of administration',
    jobs: ['Office clerk', 'Safety engineer', 'Receptionist', 'HR officer', 'Accountant'],
  },
]
