-- The mails about one record, for its timeline.
create index mail_on_idx on mail (org, on_record, on_id) where on_record is not null;
