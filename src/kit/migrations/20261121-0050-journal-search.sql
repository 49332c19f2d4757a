-- Looking through the journal by person, by action and by origin, newest first; ids are ordered by time.
create index journal_actor_idx on journal (org, actor, id desc);
create index journal_action_idx on journal (org, action, id desc);
-- Most entries come in by the screens and the API, and are found on the way; the others have an index of their own.
create index journal_origin_idx on journal (org, origin, id desc) where origin <> 'web' and origin <> 'api' and origin <> 'import';
