-- Creating and changing are found on the way; an index of the other actions keeps writes cheap.
drop index journal_action_idx;
create index journal_action_idx on journal (org, action, id desc) where action <> 'create' and action <> 'change';
