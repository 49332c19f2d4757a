-- What each verification of the whole journal found; the health page speaks of the last one.
create table journal_verification (
  id bigint generated always as identity primary key,
  at timestamptz not null,
  ok boolean not null,
  entries bigint not null,
  took_ms integer not null,
  says text[] not null
);
