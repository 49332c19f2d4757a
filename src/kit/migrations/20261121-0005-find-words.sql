-- Words, found without leaving the plan to an estimate: two words that are common apart and never together made the
-- planner walk a million rows (5 s against 13 ms by the index).

-- Every id by the word index alone, in no order, at most `most`.
create function words_by_index(side regclass, of_org integer, query text, most integer) returns bigint[]
language plpgsql stable set enable_seqscan = off set enable_indexscan = off as $$
declare
  found_ids bigint[];
begin
  execute format('select array_agg(id) from (select id from %s where org = $1 and words @@ to_tsquery(''simple'', $2) limit $3) hits', side)
    into found_ids using of_org, query, most;
  return coalesce(found_ids, '{}');
end $$;

-- The ids below `before` that hold the words among the next `reach` rows, newest first, and where it stopped looking.
create function words_before(side regclass, of_org integer, query text, before bigint, reach integer)
returns table (ids bigint[], lowest bigint) language plpgsql stable as $$
begin
  return query execute format('select array_agg(id order by id desc) filter (where words @@ to_tsquery(''simple'', $2)), min(id) from (select id, words from %s where org = $1 and id < $3 order by id desc limit $4) next', side)
    using of_org, query, before, reach;
end $$;

-- The newest rows first: when enough of them hold the words, they are common and nothing more is asked. Otherwise the
-- index brings all of them. `is_all` says that the ids are every one there is.
create function find_words(side regclass, of_org integer, query text, probe integer, enough integer, most integer)
returns table (ids bigint[], is_all boolean) language plpgsql stable as $$
declare
  newest bigint[];
begin
  execute format('select array_agg(id) from (select id from (select id, words from %s where org = $1 order by id desc limit $3) newest where words @@ to_tsquery(''simple'', $2)) hits', side)
    into newest using of_org, query, probe;
  if cardinality(newest) >= enough then
    return query select newest, false;
  else
    newest := words_by_index(side, of_org, query, most + 1);
    return query select newest[1:most], cardinality(newest) <= most;
  end if;
end $$;
