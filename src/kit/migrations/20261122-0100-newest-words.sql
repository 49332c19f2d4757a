-- Words that stand in more rows of a kind than anybody counts, as counted within the hour (src/kit/vocabulary.ts): a list
-- says "1,000+" by it. Its name ends like those of the tables of words because it stays outside of row-level security.
create table common_word_search (
  org integer not null,
  record text not null,
  word text not null,
  rows integer not null,
  primary key (org, record, word)
);

-- For a list that wants the newest rows with the words and nothing else. Common words: those among the newest rows, and
-- how many there are at least, when that is known. Words of up to `few` rows: all of them. Between the two, those among
-- the newest rows, if they are dense enough to be walked on from, else all up to `most`.
create function find_words_newest(side regclass, of_org integer, kind text, query text, probe integer, enough integer, dense integer, few integer, most integer)
returns table (ids bigint[], is_all boolean, at_least integer) language plpgsql stable as $$
declare
  newest bigint[];
  every bigint[];
begin
  execute format('select coalesce(array_agg(id order by id desc), ''{}'') from (select id from (select id, words from %s where org = $1 order by id desc limit $3) newest where words @@ to_tsquery(''simple'', $2)) hits', side)
    into newest using of_org, query, probe;
  if cardinality(newest) >= enough then
    return query select newest, false, (select w.rows from common_word_search w where w.org = of_org and w.record = kind and w.word = query);
    return;
  end if;
  every := words_by_index(side, of_org, query, few + 1);
  if cardinality(every) <= few then
    return query select every, true, cardinality(every);
    return;
  end if;
  if cardinality(newest) < dense then
    every := words_by_index(side, of_org, query, most + 1);
    if cardinality(every) <= most then
      return query select every, true, cardinality(every);
      return;
    end if;
  end if;
  return query select newest, false, few + 1;
end $$;
