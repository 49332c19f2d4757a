-- A word that is not among the common ones is asked of the index alone: the newest rows need not be gone through for it.
-- Of a common one it is known how many rows have it, so the index need not count to a thousand. As before (0100) for the
-- beginnings of words and for several, of which neither is known.
create or replace function find_words_newest(side regclass, of_org integer, kind text, query text, probe integer, enough integer, dense integer, few integer, most integer)
returns table (ids bigint[], is_all boolean, at_least integer) language plpgsql stable as $$
declare
  newest bigint[];
  every bigint[];
  known integer;
begin
  if query !~ '[^[:alnum:]]' then
    select w.rows into known from common_word_search w where w.org = of_org and w.record = kind and w.word = query;
    if known is null then
      every := words_by_index(side, of_org, query, few + 1);
      if cardinality(every) <= few then
        return query select every, true, cardinality(every);
        return;
      end if;
      known := few + 1;
    end if;
  end if;
  execute format('select coalesce(array_agg(id order by id desc), ''{}'') from (select id from (select id, words from %s where org = $1 order by id desc limit $3) newest where words @@ to_tsquery(''simple'', $2)) hits', side)
    into newest using of_org, query, probe;
  if cardinality(newest) >= enough then
    return query select newest, false, known;
    return;
  end if;
  if known is null then
    every := words_by_index(side, of_org, query, few + 1);
    if cardinality(every) <= few then
      return query select every, true, cardinality(every);
      return;
    end if;
  end if;
  if cardinality(newest) < dense then
    every := words_by_index(side, of_org, query, most + 1);
    if cardinality(every) <= most then
      return query select every, true, cardinality(every);
      return;
    end if;
  end if;
  return query select newest, false, coalesce(known, few + 1);
end $$;
