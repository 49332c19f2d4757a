-- Words that are rare among the newest rows and common before: the index brings their ids in no order, so a list that
-- wants the newest first is walked instead.
create or replace function find_words(side regclass, of_org integer, query text, probe integer, enough integer, most integer)
returns table (ids bigint[], is_all boolean) language plpgsql stable as $$
declare
  newest bigint[];
  every bigint[];
begin
  execute format('select array_agg(id order by id desc) from (select id from (select id, words from %s where org = $1 order by id desc limit $3) newest where words @@ to_tsquery(''simple'', $2)) hits', side)
    into newest using of_org, query, probe;
  if cardinality(newest) >= enough then
    return query select newest, false;
    return;
  end if;
  every := words_by_index(side, of_org, query, most + 1);
  if cardinality(every) <= most then
    return query select every, true;
  else
    return query select coalesce(newest, '{}'), false;
  end if;
end $$;
