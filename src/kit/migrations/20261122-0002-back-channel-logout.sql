-- A provider may end the sessions that it began: by the person there, or by the session there.
alter table federated_session add column subject text;
alter table federated_session add column sid text;
create index federated_session_subject_idx on federated_session (org, provider, subject);
create index federated_session_sid_idx on federated_session (org, provider, sid) where sid is not null;
