-- Rows are held against the journal as well: each part of a verification keeps its own last word.
alter table journal_verification add column part text not null default 'journal' check (part in ('journal', 'rows'));
create index journal_verification_part_idx on journal_verification (part, id);
