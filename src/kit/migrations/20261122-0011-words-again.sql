-- How far the words of older rows have been made anew after their form changed (src/kit/words-again.ts). Rows below
-- `below` still wait; null: all are done. A second pass, an hour later, takes what an older program wrote meanwhile.
create table words_again (
  org integer not null,
  record text not null,
  form smallint not null,
  pass smallint not null,
  below bigint,
  at timestamptz not null,
  primary key (org, record)
);

-- The words of an organisation, for "did you mean …?" (src/kit/vocabulary.ts). Its name ends like those of the tables of
-- words because it stays outside of row-level security like them: no index of similar words works below a policy.
create table vocabulary_search (
  org integer not null,
  word text not null,
  -- In how many rows, as a power of two, so that it seldom changes.
  often smallint not null,
  primary key (org, word)
);
create table vocabulary (
  org integer primary key,
  at timestamptz not null
);

-- Trigrams come with PostgreSQL and may be added by the owner of a database. Where they may not, there are no
-- proposals; the health page says so, and they begin within the hour after somebody has added the extension.
create function trigrams_ready() returns boolean language plpgsql as $$
begin
  if to_regclass('vocabulary_search_trigrams_idx') is not null then
    return true;
  end if;
  create extension if not exists pg_trgm;
  create index vocabulary_search_trigrams_idx on vocabulary_search using gin (word gin_trgm_ops) with (fastupdate = off);
  return true;
exception
  -- Not allowed, not installed, or made by another node at this moment.
  when insufficient_privilege or undefined_file or feature_not_supported or undefined_object or unique_violation or duplicate_table then
    return false;
end $$;
select trigrams_ready();

-- Words like each of those asked for, at most `most` for each, likest first; none without trigrams.
create function like_words(of_org integer, asked text[], most integer)
returns table (asked_for text, word text, often smallint) language plpgsql stable as $$
begin
  if to_regclass('vocabulary_search_trigrams_idx') is null then
    return;
  end if;
  -- Two letters that changed places leave a word of five only a fifth of its trigrams.
  perform set_config('pg_trgm.similarity_threshold', '0.18', true);
  return query execute 'select a.word, v.word, v.often from unnest($2) a (word) cross join lateral (
      select k.word, k.often from vocabulary_search k
      where k.word % a.word and k.org = $1 and length(k.word) between length(a.word) - 2 and length(a.word) + 2 and k.word <> a.word
      order by similarity(k.word, a.word) desc, k.often desc limit $3) v'
    using of_org, asked, most;
end $$;

-- Some ids that hold the words, the newest where they are frequent, at most `most`: to look at what hits are like.
create function some_with_words(side regclass, of_org integer, query text, probe integer, most integer) returns bigint[]
language plpgsql stable as $$
declare
  newest bigint[];
begin
  execute format('select array_agg(id) from (select id from (select id, words from %s where org = $1 order by id desc limit $3) newest where words @@ to_tsquery(''simple'', $2) limit $4) hits', side)
    into newest using of_org, query, probe, most;
  if cardinality(newest) >= most then
    return newest;
  end if;
  return coalesce(newest, '{}') || words_by_index(side, of_org, query, most);
end $$;
