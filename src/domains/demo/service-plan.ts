/** What Harbour Works runs: business services down to servers and lines, and what each needs. */
import type { Audience, SiteCode } from './site-plan.ts'
import type { TeamName } from './team-plan.ts'

/** Which kind of trouble it makes. */
export type Family =
  | 'erp'
  | 'mes'
  | 'warehouse'
  | 'mail'
  | 'telephony'
  | 'label'
  | 'print'
  | 'cad'
  | 'payroll'
  | 'intranet'
  | 'wifi'
  | 'files'
  | 'lab'
  | 'account'
  | 'laptop'
  | 'remote'
  | 'meeting'
  | 'mobile'
  | 'edi'
  | 'reports'
  | 'security'
  | 'server'
  | 'network'
  | 'crm'
export interface ServicePlan {
  readonly name: string
  readonly kind: 'business' | 'application' | 'technical' | 'component'
  readonly criticality: 'low' | 'medium' | 'high' | 'critical'
  readonly team: TeamName
  readonly hours: 'plant' | 'office'
  /** How often something is wrong with it, and what; 0 when troubles are reported on what stands on it. */
  readonly trouble: readonly [weight: number, family: Family] | null
  readonly users: readonly Audience[]
  readonly site: SiteCode | null
  readonly about: string
  /** Names of services; "group:minimum=name" for members of which some are enough. */
  readonly needs: readonly string[]
}

const AUDIENCES: Readonly<Record<string, readonly Audience[]>> = {
  all: [
    'office',
    'production',
    'engineering',
    'finance',
    'people',
    'warehouse',
    'quality',
    'sales',
    'maintenance',
    'it',
  ],
  desk: ['office', 'engineering', 'finance', 'people', 'quality', 'sales', 'it'],
  plan: ['office', 'finance', 'sales', 'warehouse'],
  shop: ['production', 'maintenance', 'quality'],
  store: ['warehouse'],
  design: ['engineering'],
  pay: ['people', 'finance'],
  test: ['quality'],
  sell: ['sales'],
  it: ['it'],
}
/** name | kind | criticality | team | hours | weight family | users | site | about | needs, separated by commas */
const PLAN = `
ERP | business | critical | ERP | office | 118 erp | plan | | Orders, purchasing, stock, finance and planning for all sites. | ERP application, ERP database, Identity service
MES | business | critical | Plant IT | plant | 0 | | | Work orders, bookings and machine data on the shop floor. | MES Bremerhaven, MES Gdańsk, MES Porto
MES Bremerhaven | application | critical | Plant IT | plant | 34 mes | shop | BHV | Terminals and machine data of plant Bremerhaven. | MES server Bremerhaven, Plant network Bremerhaven, ERP interface
MES Gdańsk | application | critical | Plant IT | plant | 28 mes | shop | GDN | Terminals and machine data of plant Gdańsk. | MES server Gdańsk, Plant network Gdańsk, ERP interface
MES Porto | application | critical | Plant IT | plant | 18 mes | shop | PRT | Terminals and machine data of plant Porto. | MES server Porto, Plant network Porto, ERP interface
Warehouse management | business | critical | Plant IT | plant | 52 warehouse | store | | Receipts, stock movements, picking and dispatch with scanners. | ERP application, Warehouse database, Wi-Fi
E-mail and calendar | business | high | Applications | office | 78 mail | desk | | Mailboxes, shared mailboxes and calendars. | Mail platform, Identity service, Internet access
Telephony | business | high | Network | office | 34 telephony | desk | | Desk phones, queues and mobiles. | Telephone system, Office network Hamburg, Office network Bremerhaven
Label printing | business | high | Plant IT | plant | 44 label | store | | Shipping, stock and serial labels at all lines. | Print servers:1=Print server 1, Print servers:1=Print server 2, MES, ERP interface
Office printing | business | medium | Workplace | office | 62 print | desk | | Multifunction printers with badge release. | Print servers:1=Print server 1, Print servers:1=Print server 2
CAD and PLM | business | high | Applications | office | 40 cad | design | | Drawings, models, parts lists and their releases. | PLM application, CAD licence server, File shares
Payroll | business | high | Applications | office | 13 payroll | pay | | Pay runs and time accounts for three countries. | Payroll application, Time recording, ERP interface
Time recording | business | medium | Applications | office | 18 payroll | shop | | Clock terminals and working time accounts. | Time database, Identity service
Intranet | business | low | Applications | office | 16 intranet | desk | | News, forms and the phone book. | Web servers:1=Web server 1, Web servers:1=Web server 2, Identity service
Wi-Fi | business | high | Network | plant | 33 wifi | all | | Wireless access in offices, halls and yards. | Wi-Fi controllers:1=Wi-Fi controller 1, Wi-Fi controllers:1=Wi-Fi controller 2, Network access control
File shares | business | high | Workplace | office | 46 files | desk | | Department and project folders. | File cluster:1=File server 1, File cluster:1=File server 2, Identity service
Quality laboratory | business | high | Applications | plant | 24 lab | test | | Test plans, measurements and certificates. | Laboratory application, File shares
Identity and passwords | business | high | Service desk | office | 128 account | all | | Accounts, passwords, second factor, rights. | Identity service, Single sign-on
Workplace computers | business | medium | Workplace | office | 112 laptop | desk | | Notebooks, docking stations, screens, software. | Software distribution, Identity service
Remote access | business | high | Network | office | 46 remote | desk | | VPN for people and suppliers. | VPN gateways:1=VPN gateway 1, VPN gateways:1=VPN gateway 2, Single sign-on
Meeting rooms | business | low | Workplace | office | 24 meeting | desk | | Screens, cameras and booking panels. | Office network Hamburg, E-mail and calendar
Mobile devices | business | medium | Workplace | office | 32 mobile | desk | | Phones and tablets with management. | Device management, Mobile carrier
Supplier and customer EDI | business | critical | ERP | plant | 20 edi | plan | | Orders, delivery schedules and invoices by EDI. | EDI converter, ERP interface, Internet access
Reports and analytics | business | medium | Applications | office | 26 reports | plan | | Figures for sales, production and finance. | Data warehouse, ERP database
Protection of devices | business | high | Security | office | 24 security | desk | | Malware protection, phishing reports, patches. | Endpoint console, Software distribution
Customer relations | business | medium | Applications | office | 18 crm | sell | | Contacts, offers and service cases. | CRM application, ERP interface
ERP application | application | critical | ERP | plant | 0 | | | Application layer of the ERP system. | ERP nodes:2=ERP node 1, ERP nodes:2=ERP node 2, ERP nodes:2=ERP node 3, ERP database
ERP database | technical | critical | Applications | plant | 3 server | it | | Database of the ERP system. | Database cluster, Storage Bremerhaven
ERP interface | technical | high | ERP | plant | 5 edi | it | | Exchange between ERP and all other applications. | ERP application, Message broker
ERP node 1 | component | medium | Applications | plant | 0 | | BHV | Virtual server. | Virtualisation Bremerhaven
ERP node 2 | component | medium | Applications | plant | 0 | | BHV | Virtual server. | Virtualisation Bremerhaven
ERP node 3 | component | medium | Applications | plant | 0 | | BHV | Virtual server. | Virtualisation Bremerhaven
Database cluster | technical | critical | Applications | plant | 3 server | it | BHV | Three database nodes with automatic failover. | Virtualisation Bremerhaven, Storage Bremerhaven
Warehouse database | technical | high | Applications | plant | 2 server | it | | Database of warehouse management. | Database cluster
Time database | technical | medium | Applications | office | 1 server | it | | Database of time recording. | Database cluster
MES server Bremerhaven | component | high | Plant IT | plant | 2 server | it | BHV | Server of the shop-floor system. | Virtualisation Bremerhaven
MES server Gdańsk | component | high | Plant IT | plant | 2 server | it | GDN | Server of the shop-floor system. | Plant network Gdańsk
MES server Porto | component | high | Plant IT | plant | 2 server | it | PRT | Server of the shop-floor system. | Plant network Porto
Message broker | technical | high | Applications | plant | 1 server | it | | Queues between applications. | Virtualisation Bremerhaven
Mail platform | technical | high | Applications | plant | 2 server | it | | Hosted mail platform. | Internet access
Telephone system | technical | high | Network | plant | 1 server | it | | Central exchange with SIP trunks. | Virtualisation Bremerhaven, Internet access
Print server 1 | component | medium | Workplace | plant | 2 server | it | BHV | Queue server. | Virtualisation Bremerhaven
Print server 2 | component | medium | Workplace | plant | 1 server | it | BHV | Queue server. | Virtualisation Bremerhaven
PLM application | application | high | Applications | office | 3 cad | design | | Product data management. | Database cluster, Virtualisation Bremerhaven
CAD licence server | component | high | Applications | office | 2 cad | design | HAM | Floating licences. | Virtualisation Bremerhaven
Payroll application | application | high | Applications | office | 0 | | | Pay computation. | Database cluster
Laboratory application | application | medium | Applications | plant | 0 | | | Test plans and certificates. | Database cluster
CRM application | application | medium | Applications | office | 0 | | | Hosted application. | Internet access, Single sign-on
Data warehouse | technical | medium | Applications | office | 4 reports | it | | Nightly copy for reports. | Database cluster
EDI converter | technical | high | ERP | plant | 2 edi | it | | Maps messages of partners. | Virtualisation Bremerhaven, Internet access
Web server 1 | component | low | Applications | plant | 1 server | it | BHV | Intranet and portals. | Virtualisation Bremerhaven
Web server 2 | component | low | Applications | plant | 0 | | BHV | Intranet and portals. | Virtualisation Bremerhaven
File server 1 | component | high | Workplace | plant | 2 server | it | BHV | Node of the file cluster. | Storage Bremerhaven
File server 2 | component | high | Workplace | plant | 1 server | it | BHV | Node of the file cluster. | Storage Bremerhaven
Identity service | technical | critical | Security | plant | 3 server | it | | Directory with two controllers at each site. | Virtualisation Bremerhaven, Core network
Single sign-on | technical | high | Security | plant | 2 server | it | | Sign-in with a second factor. | Identity service, Internet access
Software distribution | technical | medium | Workplace | office | 2 server | it | | Packages and patches. | Virtualisation Bremerhaven
Device management | technical | medium | Workplace | office | 0 | | | Management of phones and tablets. | Internet access
Mobile carrier | technical | medium | Network | plant | 0 | | | Contract with the carrier. |
Endpoint console | technical | medium | Security | plant | 1 server | it | | Console of the protection software. | Internet access
VPN gateway 1 | component | high | Network | plant | 1 network | it | BHV | Gateway of remote access. | Internet access
VPN gateway 2 | component | high | Network | plant | 0 | | HAM | Gateway of remote access. | Internet access
Wi-Fi controller 1 | component | high | Network | plant | 1 network | it | BHV | Controller of all access points. | Core network
Wi-Fi controller 2 | component | high | Network | plant | 0 | | HAM | Controller of all access points. | Core network
Network access control | technical | high | Network | plant | 1 network | it | | Lets known devices in. | Identity service
Core network | technical | critical | Network | plant | 3 network | it | BHV | Core switches and lines between the sites. | Site lines:1=Line Hamburg–Bremerhaven A, Site lines:1=Line Hamburg–Bremerhaven B
Line Hamburg–Bremerhaven A | component | high | Network | plant | 1 network | it | | Leased line. |
Line Hamburg–Bremerhaven B | component | high | Network | plant | 1 network | it | | Leased line of another carrier. |
Office network Hamburg | technical | high | Network | office | 3 network | desk | HAM | Switches of the head office. | Core network
Office network Bremerhaven | technical | high | Network | office | 3 network | desk | BHV | Switches of the office building. | Core network
Plant network Bremerhaven | technical | critical | Network | plant | 4 network | shop | BHV | Switches of halls A and B. | Core network
Plant network Gdańsk | technical | critical | Network | plant | 4 network | shop | GDN | Switches and line of the plant. | Core network
Plant network Porto | technical | critical | Network | plant | 4 network | shop | PRT | Switches and line of the plant. | Core network
Internet access | technical | critical | Network | plant | 3 network | it | | Two providers with firewalls. | Internet providers:1=Internet provider A, Internet providers:1=Internet provider B
Internet provider A | component | high | Network | plant | 0 | | | Contract with 99.9 %. |
Internet provider B | component | high | Network | plant | 0 | | | Contract with 99.5 %. |
Virtualisation Bremerhaven | technical | critical | Applications | plant | 3 server | it | BHV | Six hosts in two fire sections. | Storage Bremerhaven, Core network
Storage Bremerhaven | technical | critical | Applications | plant | 3 server | it | BHV | Mirrored storage. | Power and cooling Bremerhaven
Power and cooling Bremerhaven | technical | critical | Plant IT | plant | 1 server | it | BHV | Supply of the data centre. |
Backup | technical | high | Applications | plant | 8 server | it | BHV | Nightly copies on disk, weekly ones off-site. | Storage Bremerhaven
Monitoring | technical | medium | Network | plant | 1 server | it | | Watches servers, lines and services. | Virtualisation Bremerhaven
`

export const SERVICES: readonly ServicePlan[] = PLAN.trim()
  .split('\n')
  .map((line) => {
    const [name = '', kind, criticality, team, hours, trouble = '0', users = '', site = '', about = '', needs = ''] =
      line.split('|').map((cell) => cell.trim())
    const [weight, family] = trouble.split(' ')
    // The plan above is our own text: its words are those of the types.
    return {
      name,
      kind,
      criticality,
      team,
      hours,
      about,
      trouble: family === undefined ? null : [Number(weight), family],
      users: AUDIENCES[users] ?? [],
      site: site === '' ? null : site,
      needs: needs === '' ? [] : needs.split(',').map((need) => need.trim()),
    } as ServicePlan
  })
