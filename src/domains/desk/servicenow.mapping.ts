/**
 * The incident log of ServiceNow as a file of updates ("incident management process enriched event log"; Amaral,
 * Fantinato, Peres, University of São Paulo): one row is one update, times are day/month/year, "?" is missing.
 */
import type { ColumnSource, ReadyMapping } from '#kit/import/mapping.ts'

const DATED = { dateOrder: 'dmy' } as const
/** "-100" is a state that the source deleted; the incident keeps the one that it had. */
const STATES: ColumnSource['values'] = {
  New: 'new',
  Active: 'working',
  'In Progress': 'working',
  'On Hold': 'waiting',
  'Awaiting User Info': 'waiting',
  'Awaiting Vendor': 'waiting',
  'Awaiting Problem': 'waiting',
  'Awaiting Evidence': 'waiting',
  'Awaiting Change': 'waiting',
  Resolved: 'resolved',
  Closed: 'closed',
  Canceled: 'cancelled',
  Cancelled: 'cancelled',
  '-100': null,
}
const WAITS: ColumnSource['values'] = {
  'Awaiting User Info': 'requester',
  'Awaiting Vendor': 'supplier',
  'Awaiting Change': 'change',
  'Awaiting Problem': 'other',
  'Awaiting Evidence': 'other',
  'On Hold': 'other',
}

export const servicenowEventLog: ReadyMapping = {
  name: 'servicenow-incident-event-log',
  label: 'ServiceNow incident event log',
  record: 'incident',
  mapping: {
    key: 'formerNumber',
    missing: ['?'],
    empty: 'clear',
    columns: {
      formerNumber: { column: 'number' },
      subject: {
        column: 'u_symptom',
        and: ['category', 'subcategory'],
        cut: true,
        otherwise: 'Incident without a description',
      },
      status: { column: 'incident_state', values: STATES },
      waitingFor: { column: 'incident_state', values: WAITS, unlisted: 'empty' },
      priority: {
        column: 'priority',
        values: { '1 - Critical': 'P1', '2 - High': 'P2', '3 - Moderate': 'P3', '4 - Low': 'P4', '5 - Planning': 'P4' },
      },
      impact: { column: 'impact', values: { '1 - High': 'site', '2 - Medium': 'team', '3 - Low': 'person' } },
      urgency: { column: 'urgency', values: { '1 - High': 'high', '2 - Medium': 'normal', '3 - Low': 'low' } },
      requester: { column: 'caller_id', create: true },
      location: { column: 'location', create: true },
      category: { column: 'subcategory', create: true, under: { field: 'parent', column: 'category' } },
      service: { column: 'cmdb_ci', create: true, with: { kind: 'technical', status: 'live' } },
      team: { column: 'assignment_group', create: true },
      assignee: { column: 'assigned_to', create: true },
      channel: {
        column: 'contact_type',
        values: {
          Phone: 'phone',
          Email: 'mail',
          'Self service': 'portal',
          'Self-service': 'portal',
          IVR: 'phone',
          'Direct opening': 'walkin',
          'Walk-in': 'walkin',
        },
      },
      reopenCount: { column: 'reopen_count' },
      reassignmentCount: { column: 'reassignment_count' },
      sourceLevelMet: { column: 'made_sla' },
      openedAt: { column: 'opened_at', ...DATED },
      createdAt: { column: 'opened_at', ...DATED },
      createdBy: { column: 'opened_by', create: true },
      resolution: { column: 'closed_code', before: 'Closed in ServiceNow with ', last: true },
      resolvedAt: { column: 'resolved_at', ...DATED, last: true },
      closedAt: { column: 'closed_at', ...DATED, last: true },
    },
    events: {
      at: { column: 'sys_updated_at', ...DATED },
      by: { column: 'sys_updated_by', create: true },
      moments: {
        assignedAt: { field: 'team' },
        respondedAt: { field: 'status', in: ['working', 'waiting', 'resolved', 'closed'] },
      },
    },
  },
}
