-- a finished instance (activity, timer, child, two events, a lock of one entity, a call of it), its child, and a running one
-- with an open activity, an answer that waits, an open timer, an event that waits, an open child, an open call and an open lock
insert into durable_instance (instance_key, task_hub, instance_id, kind, execution, execution_id, name, version, status,
  attempt, history_size, created_at, updated_at, completed_at, parent_instance_key, parent_instance_id, parent_execution,
  parent_task_id, input_json, tags, state_place, state) values
  (1, 'h', 'A', 0, 1, 'xA', 'load-errand', 9, 'COMPLETED', 0, 20, 1000, 3000, 3000, null, null, null, null,
    '{"counters":["c1"],"tally":"c1"}', '{"t":"1"}', 0, null),
  (2, 'h', 'A:3', 0, 1, 'xC', 'load-errand', 3, 'COMPLETED', 0, 3, 2100, 2600, 2600, 1, 'A', 1, 2,
    '{"counters":[],"tally":""}', null, 0, null),
  (3, 'h', 'B', 0, 1, 'xB', 'other', 5, 'RUNNING', 1, 11, 1000, 1500, null, null, null, null, null, '{}', null, 0, null),
  (4, 'h', 'B:4', 0, 1, 'xD', 'other', 1, 'PENDING', 0, 0, 1500, 1500, null, 3, 'B', 1, 3, '{}', null, 0, null),
  (5, 'h', '@load-counter@c1', 1, 1, '@load-counter@c1', 'load-counter', 9, 'RUNNING', 0, 0, 1000, 3000, null,
    null, null, null, null, null, null, 1, '{"value":1,"counted":{"A":1}}'),
  (6, 'h', '@large@c2', 1, 1, '@large@c2', 'large', 9, 'RUNNING', 0, 0, 1000, 3000, null,
    null, null, null, null, null, null, 2, null),
  (7, 'h', 'F', 0, 1, 'xF', 'other', 9, 'SUSPENDED', 0, 4, 1000, 3000, null,
    null, null, null, null, null, null, 0, null);
insert into durable_tag values (1, 't', '1');
insert into durable_history (instance_key, execution, seq, event_type, task_id, scheduled_task_id, completed_task_id, name,
  payload, details) values
  (1, 1, 1, 'EpisodeStarted', null, null, null, null, null, '{"at":1000}'),
  (1, 1, 2, 'ExecutionStarted', null, null, null, 'load-errand', '{}', null),
  (1, 1, 3, 'TaskScheduled', 0, 0, null, 'load-step', '1', null),
  (1, 1, 4, 'TimerCreated', 1, 1, null, null, null, '{"fireAt":2000}'),
  (1, 1, 5, 'EpisodeStarted', null, null, null, null, null, '{"at":2100}'),
  (1, 1, 6, 'TaskCompleted', 0, null, 0, null, '"n1"', null),
  (1, 1, 7, 'EventRaised', null, null, null, 'go', '1', '{"eventId":"e1"}'),
  (1, 1, 8, 'TimerFired', 1, null, 1, null, null, '{"fireAt":2000}'),
  (1, 1, 9, 'EventRaised', null, null, null, 'go', '1', '{"eventId":"e2"}'),
  (1, 1, 10, 'SubOrchestrationInstanceCreated', 2, 2, null, 'load-errand', '{}', '{"instanceId":"A:3"}'),
  (1, 1, 11, 'EpisodeStarted', null, null, null, null, null, '{"at":2700}'),
  (1, 1, 12, 'SubOrchestrationInstanceCompleted', 2, null, 2, null, '1', null),
  (1, 1, 13, 'EntityLockRequested', 3, 3, null, null, null, '{"entityIds":["@load-counter@c1"]}'),
  (1, 1, 14, 'EpisodeStarted', null, null, null, null, null, '{"at":2800}'),
  (1, 1, 15, 'EntityLockGranted', 3, null, 3, null, null, null),
  (1, 1, 16, 'EntityOperationCalled', 4, 4, null, 'count', '"A"', '{"entityId":"@load-counter@c1"}'),
  (1, 1, 17, 'EpisodeStarted', null, null, null, null, null, '{"at":2900}'),
  (1, 1, 18, 'EntityOperationCompleted', 4, null, 4, null, null, null),
  (1, 1, 19, 'EntityUnlockSent', 5, 5, null, null, null, '{"lockTaskId":3}'),
  (1, 1, 20, 'ExecutionCompleted', null, null, null, null, '3', null),
  (2, 1, 1, 'EpisodeStarted', null, null, null, null, null, '{"at":2500}'),
  (2, 1, 2, 'ExecutionStarted', null, null, null, 'load-errand', '{}', null),
  (2, 1, 3, 'ExecutionCompleted', null, null, null, null, '1', null),
  (3, 1, 1, 'EpisodeStarted', null, null, null, null, null, '{"at":1500}'),
  (3, 1, 2, 'ExecutionStarted', null, null, null, 'other', '{}', null),
  (3, 1, 3, 'TaskScheduled', 0, 0, null, 'act', '1', null),
  (3, 1, 4, 'TaskScheduled', 1, 1, null, 'act', '1', null),
  (3, 1, 5, 'TimerCreated', 2, 2, null, null, null, '{"fireAt":99999999999999}'),
  (3, 1, 6, 'SubOrchestrationInstanceCreated', 3, 3, null, 'other', '{}', '{"instanceId":"B:4"}'),
  (3, 1, 7, 'EntityOperationCalled', 4, 4, null, 'get', null, '{"entityId":"@large@c2"}'),
  (3, 1, 8, 'EntityLockRequested', 5, 5, null, null, null, '{"entityIds":["@load-counter@c1","@large@c2"]}'),
  (3, 1, 9, 'EventSent', 6, 6, null, 'x', null, '{"instanceId":"A"}'),
  (3, 1, 10, 'EntityLockRequested', 7, 7, null, null, null, '{"entityIds":["@large@c2"]}'),
  (3, 1, 11, 'EntityLockGranted', 7, null, 7, null, null, null),
  (7, 1, 1, 'EpisodeStarted', null, null, null, null, null, '{"at":1000}'),
  (7, 1, 2, 'ExecutionStarted', null, null, null, 'other', '{}', null),
  (7, 1, 3, 'TaskScheduled', 0, 0, null, 'act', '1', null),
  (7, 1, 4, 'ExecutionSuspended', null, null, null, null, null, '{}');
insert into durable_activity_task (instance_key, execution, task_id, task_hub, instance_id, name, visible_at, version,
  attempt, lease_expires_at, execution_id, call_id, call_attempt, held) values
  (3, 1, 0, 'h', 'B', 'act', 99999999999999, 1, 0, 99999999999999, 'xB', 0, 1, 0),
  (7, 1, 0, 'h', 'F', 'act', 1000, 1, 0, 1000, 'xF', 0, 1, 1);
insert into durable_inbox (instance_key, message_id, task_hub, carried, execution, visible_at, held_back, event_type, task_id,
  name, details) values
  (3, 'task:1:1', 'h', 0, 1, 99999999999999, 0, 'TaskCompleted', 1, null, null),
  (3, 'task:1:2', 'h', 0, 1, 99999999999999, 0, 'TimerFired', 2, null, '{"fireAt":99999999999999}'),
  (3, 'task:1:6', 'h', 0, 1, 99999999999999, 0, 'EventNotDelivered', 6, null, null),
  (3, 'e3', 'h', 0, 0, 99999999999999, 0, 'EventRaised', null, 'go', '{"eventId":"e3"}'),
  (4, 'start:1', 'h', 0, 1, 99999999999999, 0, 'ExecutionStarted', null, 'other', null),
  (6, 'op:3:1:4', 'h', -1, 0, 1500, 1, 'EntityOperationRequested', null, 'get', null),
  (5, 'lock:3:1:5', 'h', -1, 0, 99999999999999, 0, 'EntityLockPassedOn', null, null, null);
insert into durable_event_id values (1, 'e1', 1500), (3, 'e3', 1500);
insert into durable_lock values (6, 'h', '@large@c2', 3, 'B', 1, 7, 1500);
insert into durable_payload values (6, 'STATE', '{}');
update durable_inbox m set kind = (select i.kind from durable_instance i where i.instance_key = m.instance_key);
update durable_instance set bucket = instance_key;
