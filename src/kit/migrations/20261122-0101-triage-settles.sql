-- What is read or done in the inbox goes by no mail and to no browser any more, unless the triage is taken back before: the
-- batch that settled it.
alter table notice_mail add column settled uuid;
alter table notice_push add column settled uuid;
