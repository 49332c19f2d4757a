alter table agreement add column contract_sha256 text;
alter table agreement add column contract_name text;
alter table agreement add column contract_size bigint;
alter table agreement add column contract_type text;
create index agreement_contract_sha256_idx on agreement (org, contract_sha256) where contract_sha256 is not null;
