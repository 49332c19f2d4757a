-- What a request did, when the process that did it died before it could keep its answer: the journal knows the request.
alter table idempotency add column request text;
alter table idempotency add column process text;
