-- What must be true of a task hub's tables. Each query finds what is not: it must return no rows.
-- "-- <id> <group>: <what is true>" begins a check; ids I01 to I44 are those of the reference model that these were made from.
-- structural: after every commit. quiescent: when nothing has been asked for longer than :bound milliseconds.
-- ledger: when all work has ended, against what clients and activities wrote down outside of the database.
-- :now is the database's time in milliseconds; :attempts is durable.max-attempts.
-- The rows of the task hub '' in the queues are the schema's ballast, and belong to no instance.

-- I01 structural: The sequence numbers of a history begin with 1 and have no gap.
select h.instance_key, h.execution, min(h.seq), max(h.seq), count(*)
from durable_history h
group by h.instance_key, h.execution
having min(h.seq) <> 1 or count(distinct h.seq) <> max(h.seq);

-- I02 structural: A sequence number occurs once in a history.
select h.instance_key, h.execution, h.seq, count(*)
from durable_history h
group by h.instance_key, h.execution, h.seq
having count(*) > 1;

-- I03 structural: An instance knows how long the history of its present execution is, and has no other.
select i.instance_key, i.instance_id, i.execution, i.history_size, h.execution as of_execution, h.events
from durable_instance i
left join (select instance_key, execution, count(*) as events from durable_history group by instance_key, execution) h
  on h.instance_key = i.instance_key
where coalesce(h.events, 0) <> i.history_size or h.execution <> i.execution;

-- I04 structural: An execution starts once, and before it decides anything.
select h.instance_key, h.execution, count(*) filter (where h.event_type = 'ExecutionStarted') as starts
from durable_history h
group by h.instance_key, h.execution
having count(*) filter (where h.event_type = 'ExecutionStarted') > 1
  or (min(h.seq) filter (where h.scheduled_task_id is not null) is not null
    and coalesce(min(h.seq) filter (where h.event_type = 'ExecutionStarted')
      > min(h.seq) filter (where h.scheduled_task_id is not null), true));

-- I05 structural: An execution ends once, and nothing is decided after its end.
select h.instance_key, h.execution, h.seq, h.event_type, n.seq as later_seq, n.event_type as later
from durable_history h
join durable_history n on n.instance_key = h.instance_key and n.execution = h.execution and n.seq > h.seq
where h.event_type = 'ExecutionCompleted'
  or (h.event_type = 'ExecutionFailed'
    and (n.scheduled_task_id is not null or n.event_type in ('ExecutionCompleted', 'ExecutionFailed')))
  or (h.event_type = 'ExecutionTerminated'
    and (n.scheduled_task_id is not null
      or n.event_type in ('EpisodeStarted', 'ExecutionCompleted', 'ExecutionFailed')));

-- I06 structural: The status of an instance is the one that its history ended with.
select i.instance_key, i.instance_id, i.status, i.completed_at
from durable_instance i
where i.kind = 0 and (
  (i.status in ('COMPLETED', 'FAILED', 'TERMINATED')) <> (i.completed_at is not null)
  or (i.status = 'COMPLETED') <> exists (select 1 from durable_history h
    where h.instance_key = i.instance_key and h.execution = i.execution and h.event_type = 'ExecutionCompleted')
  or (i.status = 'TERMINATED') <> exists (select 1 from durable_history h
    where h.instance_key = i.instance_key and h.execution = i.execution and h.event_type = 'ExecutionTerminated')
  or (i.status = 'FAILED' and not exists (select 1 from durable_history h
    where h.instance_key = i.instance_key and h.execution = i.execution and h.event_type = 'ExecutionFailed')));

-- I11 structural: The time of an execution never stands still or runs backwards.
select e.instance_key, e.execution, e.seq, e.before_at, e.at
from (
  select h.instance_key, h.execution, h.seq, (h.details::json->>'at')::bigint as at,
    lag((h.details::json->>'at')::bigint) over (partition by h.instance_key, h.execution order by h.seq) as before_at
  from durable_history h where h.event_type = 'EpisodeStarted') e
where e.before_at >= e.at;

-- I12 structural: A task is decided once.
select h.instance_key, h.execution, h.task_id, count(*)
from durable_history h
where h.event_type in ('TaskScheduled', 'TimerCreated', 'SubOrchestrationInstanceCreated', 'EventSent',
  'EntityOperationCalled', 'EntityOperationSignaled', 'EntityLockRequested', 'EntityUnlockSent')
group by h.instance_key, h.execution, h.task_id
having count(*) > 1 or count(h.scheduled_task_id) <> count(*) or min(h.scheduled_task_id) <> h.task_id;

-- I13 structural: A task is answered once.
select h.instance_key, h.execution, h.task_id, count(*)
from durable_history h
where h.event_type in ('TaskCompleted', 'TaskFailed', 'TimerFired', 'SubOrchestrationInstanceCompleted',
  'SubOrchestrationInstanceFailed', 'EventDelivered', 'EventNotDelivered', 'EntityOperationCompleted',
  'EntityOperationFailed', 'EntityLockGranted')
group by h.instance_key, h.execution, h.task_id
having count(*) > 1 or count(h.completed_task_id) <> count(*) or min(h.completed_task_id) <> h.task_id;

-- I14 structural: An answer follows what was decided, and is of its kind; where an execution was rewound, the answers that it keeps come first.
select c.instance_key, c.execution, c.seq, c.event_type, c.task_id
from durable_history c
where c.completed_task_id is not null and not exists (
  select 1 from durable_history s
  where s.instance_key = c.instance_key and s.execution = c.execution and s.scheduled_task_id = c.completed_task_id
    and (s.seq < c.seq or exists (select 1 from durable_history r where r.instance_key = c.instance_key
      and r.execution = c.execution and r.seq > c.seq and r.event_type = 'ExecutionRewound'))
    and (s.event_type, c.event_type) in (('TaskScheduled', 'TaskCompleted'), ('TaskScheduled', 'TaskFailed'),
      ('TimerCreated', 'TimerFired'),
      ('SubOrchestrationInstanceCreated', 'SubOrchestrationInstanceCompleted'),
      ('SubOrchestrationInstanceCreated', 'SubOrchestrationInstanceFailed'),
      ('EventSent', 'EventDelivered'), ('EventSent', 'EventNotDelivered'),
      ('EntityOperationCalled', 'EntityOperationCompleted'), ('EntityOperationCalled', 'EntityOperationFailed'),
      ('EntityLockRequested', 'EntityLockGranted'), ('EntityLockRequested', 'EntityOperationFailed')));

-- I15 structural: No activity is lost: while nobody has answered it, it is queued.
select s.instance_key, i.instance_id, s.execution, s.task_id, s.name
from durable_history s
join durable_instance i on i.instance_key = s.instance_key and i.execution = s.execution
where s.event_type = 'TaskScheduled' and i.status not in ('COMPLETED', 'FAILED', 'TERMINATED')
  and not exists (select 1 from durable_history c where c.instance_key = s.instance_key and c.execution = s.execution
    and c.completed_task_id = s.task_id)
  and not exists (select 1 from durable_inbox m where m.instance_key = s.instance_key and m.execution = s.execution
    and m.task_id = s.task_id and m.event_type in ('TaskCompleted', 'TaskFailed'))
  and not exists (select 1 from durable_activity_task q where q.instance_key = s.instance_key
    and q.execution = s.execution and q.task_id = s.task_id);

-- I16 structural: An activity that has been answered is not queued.
select q.instance_key, q.instance_id, q.execution, q.task_id
from durable_activity_task q
where exists (select 1 from durable_inbox m where m.instance_key = q.instance_key and m.execution = q.execution
    and m.task_id = q.task_id and m.event_type in ('TaskCompleted', 'TaskFailed'))
  or exists (select 1 from durable_history c where c.instance_key = q.instance_key and c.execution = q.execution
    and c.completed_task_id = q.task_id);

-- I17 structural: What is queued was decided by the present execution of an instance that has not finished.
select q.instance_key, q.instance_id, q.execution, q.task_id
from durable_activity_task q
where q.task_hub <> '' and not exists (
  select 1 from durable_instance i
  join durable_history s on s.instance_key = i.instance_key and s.execution = i.execution
  where i.instance_key = q.instance_key and i.execution = q.execution and i.execution_id = q.execution_id
    and i.instance_id = q.instance_id and i.status not in ('COMPLETED', 'FAILED', 'TERMINATED')
    and s.event_type = 'TaskScheduled' and s.scheduled_task_id = q.task_id);

-- I18 ledger: The result of an activity came from an attempt that ended.
select i.instance_id, c.execution, c.task_id, c.payload
from durable_history c
join durable_instance i on i.instance_key = c.instance_key and i.execution = c.execution
join durable_history s on s.instance_key = c.instance_key and s.execution = c.execution
  and s.scheduled_task_id = c.completed_task_id
where c.event_type = 'TaskCompleted' and s.name = 'load-step' and not exists (
  select 1 from ledger_effect e
  where e.instance_id = i.instance_id and e.execution_id = i.execution_id and e.call_id = c.task_id
    and e.phase = 'end' and c.payload = '"' || e.nonce || '"');

-- I19 ledger: No activity runs that was not decided.
select e.instance_id, e.execution_id, e.call_id, e.phase
from ledger_effect e
where not exists (
  select 1 from durable_instance i
  join durable_history s on s.instance_key = i.instance_key and s.execution = i.execution
  where i.instance_id = e.instance_id and i.execution_id = e.execution_id
    and s.event_type = 'TaskScheduled' and s.scheduled_task_id = e.call_id);

-- I20 structural: No timer fires before its time.
select f.instance_key, f.execution, f.seq, f.task_id, f.details
from durable_history f
where f.event_type = 'TimerFired' and (
  (f.details::json->>'fireAt')::bigint > (select max((e.details::json->>'at')::bigint) from durable_history e
    where e.instance_key = f.instance_key and e.execution = f.execution and e.event_type = 'EpisodeStarted' and e.seq < f.seq)
  or exists (select 1 from durable_history t where t.instance_key = f.instance_key and t.execution = f.execution
    and t.scheduled_task_id = f.completed_task_id and t.event_type = 'TimerCreated'
    and t.details::json->>'fireAt' <> f.details::json->>'fireAt'));

-- I21 structural: No timer is lost: while it is open, one message waits for its time.
select t.instance_key, i.instance_id, t.execution, t.task_id
from durable_history t
join durable_instance i on i.instance_key = t.instance_key and i.execution = t.execution
where t.event_type = 'TimerCreated' and i.status not in ('COMPLETED', 'FAILED', 'TERMINATED')
  and not exists (select 1 from durable_history f where f.instance_key = t.instance_key and f.execution = t.execution
    and f.task_id = t.task_id and f.event_type in ('TimerFired', 'TimerCanceled'))
  and 1 <> (select count(*) from durable_inbox m where m.instance_key = t.instance_key and m.execution = t.execution
    and m.task_id = t.task_id and m.event_type = 'TimerFired' and m.visible_at >= (t.details::json->>'fireAt')::bigint);

-- I22 ledger: An event that was acknowledged is in the history or waits, unless its instance has finished.
select l.instance_id, l.event_id
from ledger_event l
where l.outcome = 'ok' and not exists (
  select 1 from durable_instance i where i.instance_id = l.instance_id and (
    i.status in ('COMPLETED', 'FAILED', 'TERMINATED')
    or exists (select 1 from durable_history h where h.instance_key = i.instance_key and h.event_type = 'EventRaised'
      and h.details::json->>'eventId' = l.event_id)
    or exists (select 1 from durable_inbox m where m.instance_key = i.instance_key and m.message_id = l.event_id)));

-- I23 structural: An event is delivered once to an execution.
select h.instance_key, h.execution, h.details::json->>'eventId' as event_id, count(*)
from durable_history h
where h.event_type = 'EventRaised'
group by h.instance_key, h.execution, h.details::json->>'eventId'
having count(*) > 1;

-- I24 ledger: No event is delivered that nobody has sent.
select i.instance_id, h.seq, h.details
from durable_history h
join durable_instance i on i.instance_key = h.instance_key and i.execution = h.execution
where h.event_type = 'EventRaised' and i.name = 'load-errand' and not exists (
  select 1 from ledger_event l where l.instance_id = i.instance_id and l.event_id = h.details::json->>'eventId'
    and l.outcome in ('ok', 'info'));

-- I26 ledger: What one sender sends to an instance, one event after the other, comes in that order.
select i.instance_id, la.event_id, lb.event_id as later
from durable_history a
join durable_history b on b.instance_key = a.instance_key and b.execution = a.execution and b.seq > a.seq
  and b.event_type = 'EventRaised' and b.name = a.name
join durable_instance i on i.instance_key = a.instance_key
join ledger_event la on la.instance_id = i.instance_id and la.event_id = a.details::json->>'eventId' and la.outcome = 'ok'
join ledger_event lb on lb.instance_id = i.instance_id and lb.event_id = b.details::json->>'eventId' and lb.outcome = 'ok'
where a.event_type = 'EventRaised' and la.sender = lb.sender and la.sender_no > lb.sender_no;

-- I27 ledger: What has finished stays so: nobody saw it otherwise afterwards.
select a.instance_id, a.seen_no, a.status, b.seen_no as later_no, b.status as later
from ledger_seen a
join ledger_seen b on b.instance_id = a.instance_id and b.reader = a.reader and b.seen_no > a.seen_no
where a.status in ('COMPLETED', 'FAILED', 'TERMINATED') and (b.status <> a.status or b.output_hash <> a.output_hash);

-- I28 ledger: An id is started once.
select l.instance_id, count(*) from ledger_start l where l.outcome = 'created' group by l.instance_id having count(*) > 1;

-- I29 ledger: What was acknowledged to be started is there, and has completed.
select l.instance_id, i.status
from ledger_start l
left join durable_instance i on i.instance_id = l.instance_id
where l.outcome in ('created', 'exists') and coalesce(i.status, 'GONE') <> 'COMPLETED';

-- I30 ledger: No instance is there that nobody has started.
select i.instance_id
from durable_instance i
where i.name = 'load-errand' and i.parent_instance_key is null and not exists (
  select 1 from ledger_start l where l.instance_id = i.instance_id and l.outcome in ('created', 'info'));

-- I31 structural: While nobody has answered the call of a child, one child points back to it; and never do two.
select s.instance_key, i.instance_id, s.execution, s.task_id, s.details
from durable_history s
join durable_instance i on i.instance_key = s.instance_key and i.execution = s.execution
where s.event_type = 'SubOrchestrationInstanceCreated'
  and 1 <> (
    select count(*) from durable_instance c where c.parent_instance_key = s.instance_key
      and c.parent_execution = s.execution and c.parent_task_id = s.task_id)
  and (1 < (select count(*) from durable_instance c where c.parent_instance_key = s.instance_key
      and c.parent_execution = s.execution and c.parent_task_id = s.task_id)
    or (i.status not in ('COMPLETED', 'FAILED', 'TERMINATED')
      and not exists (select 1 from durable_history h where h.instance_key = s.instance_key
        and h.execution = s.execution and h.completed_task_id = s.task_id)
      and not exists (select 1 from durable_inbox m where m.instance_key = s.instance_key
        and m.execution = s.execution and m.task_id = s.task_id)));

-- I32 structural: A child that has finished has told its parent.
select c.instance_key, c.instance_id, c.parent_instance_id, c.parent_task_id
from durable_instance c
join durable_instance p on p.instance_key = c.parent_instance_key and p.execution = c.parent_execution
where c.status in ('COMPLETED', 'FAILED', 'TERMINATED') and p.status not in ('COMPLETED', 'FAILED', 'TERMINATED')
  and not exists (select 1 from durable_history h where h.instance_key = p.instance_key and h.execution = p.execution
    and h.completed_task_id = c.parent_task_id)
  and not exists (select 1 from durable_inbox m where m.instance_key = p.instance_key and m.execution = p.execution
    and m.task_id = c.parent_task_id);

-- I33 ledger: An operation of an entity is done once for each of its callers, and for nobody else.
select e.instance_id as entity, i.instance_id as caller, e.state::json->'counted'->>i.instance_id as counted
from durable_instance i
cross join lateral (
  select k.key from json_array_elements_text(i.input_json::json->'counters') k (key)
  union all select i.input_json::json->>'tally' where i.input_json::json->>'tally' <> '') c
left join durable_instance e on e.kind = 1 and e.instance_id = '@load-counter@' || c.key
where i.name = 'load-errand' and i.status = 'COMPLETED'
  and coalesce(e.state::json->'counted'->>i.instance_id, '0') <> '1'
union all
select e.instance_id, k.id, k.times
from durable_instance e
cross join lateral json_each_text(e.state::json->'counted') k (id, times)
where e.kind = 1 and e.name = 'load-counter' and e.state is not null and not exists (
  select 1 from durable_instance i where i.instance_id = k.id
    and ((i.input_json::jsonb->'counters') @> to_jsonb(split_part(e.instance_id, '@', 3))
      or i.input_json::json->>'tally' = split_part(e.instance_id, '@', 3)));

-- I34 ledger: The state of an entity is what its operations add up to.
select e.instance_id, e.state
from durable_instance e
where e.kind = 1 and e.name = 'load-counter' and e.state is not null
  and (e.state::json->>'value')::bigint
    <> (select coalesce(sum(k.times::bigint), 0) from json_each_text(e.state::json->'counted') k (id, times));

-- I36 structural: An entity is locked once, and its holder has not ended, or the unlock is on its way.
select l.instance_key, l.instance_id, l.owner_id, l.owner_execution, l.owner_task_id
from durable_lock l
where 1 < (select count(*) from durable_lock o where o.instance_key = l.instance_key)
  or (not exists (select 1 from durable_instance i where i.instance_key = l.owner_key
      and i.execution = l.owner_execution and i.status not in ('COMPLETED', 'FAILED', 'TERMINATED'))
    and not exists (select 1 from durable_inbox m where m.instance_key = l.instance_key
      and m.message_id = 'unlock:' || l.owner_key || ':' || l.owner_execution || ':' || l.owner_task_id));

-- I37 quiescent: No message that is due lies in an inbox that nobody opens.
select m.instance_key, i.instance_id, i.status, m.message_id, m.visible_at
from durable_inbox m
join durable_instance i on i.instance_key = m.instance_key
where m.held_back = 0 and m.visible_at < :now - :bound and i.status <> 'BLOCKED';

-- I38 quiescent: No activity that is due waits for somebody to take it.
select q.instance_key, q.instance_id, q.task_id, q.visible_at, q.lease_expires_at
from durable_activity_task q
where q.held = 0 and q.lease_expires_at < :now - :bound;

-- I39 quiescent: No lease is left behind.
select i.instance_key, i.instance_id, i.lease_owner, i.lease_expires_at
from durable_instance i
where i.lease_owner is not null
  and (i.status in ('COMPLETED', 'FAILED', 'TERMINATED') or i.lease_expires_at < :now - :bound)
union all
select q.instance_key, q.instance_id, q.lease_owner, q.lease_expires_at
from durable_activity_task q
where q.lease_owner is not null and q.lease_expires_at < :now - :bound;

-- I40 quiescent: What has finished has nothing in its inbox.
select m.instance_key, i.instance_id, m.message_id, m.event_type
from durable_inbox m
join durable_instance i on i.instance_key = m.instance_key
where i.kind = 0 and i.status in ('COMPLETED', 'FAILED', 'TERMINATED');

-- I41 structural: The state of an entity is where its row says, and nowhere else.
select i.instance_key, i.instance_id, i.state_place
from durable_instance i
where (i.state_place = 2) <> exists (select 1 from durable_payload p where p.instance_key = i.instance_key
    and p.purpose = 'STATE')
  or (i.state_place = 1) <> (i.state is not null);

-- I42 structural: Nothing is begun more often than is allowed, but to say so.
select i.instance_key, i.instance_id, i.attempt from durable_instance i
where i.attempt > :attempts + 1 and i.status <> 'BLOCKED'
union all
select q.instance_key, q.instance_id, q.attempt from durable_activity_task q where q.attempt > :attempts + 1;

-- I43 structural: Nothing is left of an instance that is gone.
select k.instance_key, k.which
from (
  select instance_key, 'durable_history' as which from durable_history
  union select instance_key, 'durable_inbox' from durable_inbox where task_hub <> ''
  union select instance_key, 'durable_activity_task' from durable_activity_task where task_hub <> ''
  union select instance_key, 'durable_event_id' from durable_event_id
  union select instance_key, 'durable_tag' from durable_tag
  union select instance_key, 'durable_lock' from durable_lock
  union select instance_key, 'durable_payload' from durable_payload) k
where not exists (select 1 from durable_instance i where i.instance_key = k.instance_key);

-- I44 structural: Nothing crosses the border of a task hub.
select i.instance_key, i.task_hub, x.task_hub as other, x.which
from durable_instance i
join (
  select instance_key, task_hub, 'durable_inbox' as which from durable_inbox
  union all select instance_key, task_hub, 'durable_activity_task' from durable_activity_task
  union all select instance_key, task_hub, 'durable_lock' from durable_lock
  union all select owner_key, task_hub, 'durable_lock, its owner' from durable_lock
  union all select parent_instance_key, task_hub, 'durable_instance, a child' from durable_instance
    where parent_instance_key is not null) x on x.instance_key = i.instance_key
where x.task_hub <> i.task_hub;

-- I45 structural: No call of an entity is lost: while nobody has answered it, it waits there.
select s.instance_key, i.instance_id, s.execution, s.task_id, s.details
from durable_history s
join durable_instance i on i.instance_key = s.instance_key and i.execution = s.execution
where s.event_type = 'EntityOperationCalled' and i.status not in ('COMPLETED', 'FAILED', 'TERMINATED')
  and not exists (select 1 from durable_history c where c.instance_key = s.instance_key and c.execution = s.execution
    and c.completed_task_id = s.task_id)
  and not exists (select 1 from durable_inbox m where m.instance_key = s.instance_key and m.execution = s.execution
    and m.task_id = s.task_id)
  and 1 <> (select count(*) from durable_inbox m join durable_instance e on e.instance_key = m.instance_key
    where m.message_id = 'op:' || s.instance_key || ':' || s.execution || ':' || s.task_id
      and e.task_hub = i.task_hub and e.instance_id = s.details::json->>'entityId');

-- I46 structural: No request of a lock is lost: while it is not granted, it waits at one entity.
select s.instance_key, i.instance_id, s.execution, s.task_id, s.details
from durable_history s
join durable_instance i on i.instance_key = s.instance_key and i.execution = s.execution
where s.event_type = 'EntityLockRequested' and i.status not in ('COMPLETED', 'FAILED', 'TERMINATED')
  and not exists (select 1 from durable_history c where c.instance_key = s.instance_key and c.execution = s.execution
    and (c.completed_task_id = s.task_id
      or (c.event_type = 'EntityUnlockSent' and (c.details::json->>'lockTaskId')::integer = s.task_id)))
  and not exists (select 1 from durable_inbox m where m.instance_key = s.instance_key and m.execution = s.execution
    and m.task_id = s.task_id)
  and 1 <> (select count(*) from durable_inbox m
    where m.message_id = 'lock:' || s.instance_key || ':' || s.execution || ':' || s.task_id);

-- I47 structural: While a granted lock is held, all of its entities are locked for it.
select g.instance_key, i.instance_id, g.execution, g.task_id
from durable_history g
join durable_instance i on i.instance_key = g.instance_key and i.execution = g.execution
join durable_history s on s.instance_key = g.instance_key and s.execution = g.execution
  and s.scheduled_task_id = g.completed_task_id and s.event_type = 'EntityLockRequested'
where g.event_type = 'EntityLockGranted' and i.status not in ('COMPLETED', 'FAILED', 'TERMINATED')
  and not exists (select 1 from durable_history u where u.instance_key = g.instance_key and u.execution = g.execution
    and u.event_type = 'EntityUnlockSent' and (u.details::json->>'lockTaskId')::integer = g.task_id)
  and json_array_length(s.details::json->'entityIds') <> (select count(*) from durable_lock l
    where l.owner_key = g.instance_key and l.owner_execution = g.execution and l.owner_task_id = g.task_id);

-- I48 structural: What is held back waits for an entity that is locked.
select m.instance_key, m.message_id
from durable_inbox m
where m.task_hub <> '' and m.held_back = 1 and not exists (select 1 from durable_lock l where l.instance_key = m.instance_key);

-- I49 structural: No start is lost: while an execution has not begun, its start waits.
select i.instance_key, i.instance_id, i.execution, i.status
from durable_instance i
where i.kind = 0 and i.status not in ('COMPLETED', 'FAILED', 'TERMINATED')
  and not exists (select 1 from durable_history h where h.instance_key = i.instance_key and h.execution = i.execution
    and h.event_type = 'ExecutionStarted')
  and not exists (select 1 from durable_inbox m where m.instance_key = i.instance_key and m.execution = i.execution
    and m.event_type = 'ExecutionStarted');

-- I50 structural: An event that was sent to another instance has been answered in the same commit.
select s.instance_key, i.instance_id, s.execution, s.task_id
from durable_history s
join durable_instance i on i.instance_key = s.instance_key and i.execution = s.execution
where s.event_type = 'EventSent' and i.status not in ('COMPLETED', 'FAILED', 'TERMINATED')
  and not exists (select 1 from durable_history c where c.instance_key = s.instance_key and c.execution = s.execution
    and c.completed_task_id = s.task_id)
  and not exists (select 1 from durable_inbox m where m.instance_key = s.instance_key and m.execution = s.execution
    and m.task_id = s.task_id);

-- I51 structural: An entity has neither a history nor activities.
select i.instance_key, i.instance_id
from durable_instance i
where i.kind = 1 and (exists (select 1 from durable_history h where h.instance_key = i.instance_key)
  or exists (select 1 from durable_activity_task q where q.instance_key = i.instance_key));

-- I52 structural: Activities are held while their instance is suspended, and only then.
select q.instance_key, q.instance_id, q.task_id, q.held, i.status
from durable_activity_task q
join durable_instance i on i.instance_key = q.instance_key
where (q.held = 1 and i.status not in ('SUSPENDED', 'BLOCKED')) or (q.held = 0 and i.status = 'SUSPENDED');

-- I53 structural: The tags of a row are those of the table of tags.
select i.instance_key, i.instance_id, i.tags
from durable_instance i
where coalesce(i.tags, '{}')::jsonb <> (
  select coalesce(jsonb_object_agg(t.name, t.value_), '{}') from durable_tag t where t.instance_key = i.instance_key);

-- I54 structural: A message is of the kind of its instance, or nobody who looks for it finds it.
select m.instance_key, i.instance_id, i.kind, m.message_id, m.kind as of_message
from durable_inbox m
join durable_instance i on i.instance_key = m.instance_key
where m.kind <> i.kind;

-- I55 structural: An instance is in a partition, or nobody who looks for it there finds it.
select i.instance_key, i.instance_id, i.bucket from durable_instance i where i.bucket not between 0 and 1023;
