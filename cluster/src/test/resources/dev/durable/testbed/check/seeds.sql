-- I01
delete from durable_history where instance_key = 1 and seq = 7;
-- I02
insert into durable_history select * from durable_history where instance_key = 1 and seq = 7;
-- I03
update durable_instance set history_size = 9 where instance_key = 1;
-- I04
update durable_history set event_type = 'ExecutionStarted' where instance_key = 1 and seq = 9;
-- I05
insert into durable_history (instance_key, execution, seq, event_type) values (1, 1, 21, 'EventRaised');
-- I06
update durable_instance set status = 'RUNNING' where instance_key = 1;
-- I11
update durable_history set details = '{"at":2100}' where instance_key = 1 and seq = 11;
-- I12
update durable_history set task_id = 0 where instance_key = 3 and seq = 4;
-- I13
insert into durable_history (instance_key, execution, seq, event_type, task_id, completed_task_id)
  values (1, 1, 21, 'TaskFailed', 0, 0);
-- I14
update durable_history set event_type = 'TimerFired' where instance_key = 1 and seq = 6;
-- I15
delete from durable_activity_task where instance_key = 3;
-- I16
insert into durable_inbox (instance_key, message_id, task_hub, carried, execution, visible_at, event_type, task_id)
  values (3, 'task:1:0', 'h', 0, 1, 99999999999999, 'TaskCompleted', 0);
-- I17
update durable_activity_task set execution = 2 where instance_key = 3;
-- I18
update ledger_effect set nonce = 'zz' where phase = 'end';
-- I19
insert into ledger_effect values ('start', 'A', 'xA', 55, 'n9', 'node-1', 1);
-- I20
update durable_history set details = '{"at":1999}' where instance_key = 1 and seq = 5;
-- I21
delete from durable_inbox where message_id = 'task:1:2';
-- I22
delete from durable_inbox where message_id = 'e3';
-- I23
update durable_history set details = '{"eventId":"e1"}' where instance_key = 1 and seq = 9;
-- I24
update durable_history set details = '{"eventId":"ghost"}' where instance_key = 1 and seq = 9;
-- I26
update ledger_event set sender_no = 9 where event_id = 'e1';
-- I27
insert into ledger_seen values ('A', 'r', 4, 'RUNNING', '');
-- I28
insert into ledger_start values ('A', 'created');
-- I29
insert into ledger_start values ('lost', 'created');
-- I30
delete from ledger_start;
-- I31
update durable_instance set parent_task_id = 8 where instance_key = 4;
-- I32
update durable_instance set status = 'COMPLETED', completed_at = 1600 where instance_key = 4;
-- I33
update durable_instance set state = '{"value":2,"counted":{"A":2}}' where instance_key = 5;
-- I34
update durable_instance set state = '{"value":7,"counted":{"A":1}}' where instance_key = 5;
-- I36
update durable_lock set owner_execution = 2;
-- I37
update durable_inbox set visible_at = 10 where message_id = 'e3';
-- I38
update durable_activity_task set lease_owner = 'dead', lease_expires_at = 10 where instance_key = 3;
-- I39
update durable_instance set lease_owner = 'dead', lease_expires_at = 10 where instance_key = 3;
-- I40
update durable_inbox set instance_key = 1 where message_id = 'e3';
-- I41
delete from durable_payload;
-- I42
update durable_activity_task set attempt = 50 where instance_key = 3;
-- I43
delete from durable_instance where instance_key = 2;
-- I44
update durable_inbox set task_hub = 'other' where message_id = 'e3';
-- I45
delete from durable_inbox where message_id = 'op:3:1:4';
-- I46
delete from durable_inbox where message_id = 'lock:3:1:5';
-- I47
update durable_lock set owner_task_id = 8;
-- I48
delete from durable_lock;
-- I49
delete from durable_inbox where message_id = 'start:1';
-- I50
delete from durable_inbox where message_id = 'task:1:6';
-- I51
update durable_instance set kind = 1 where instance_key = 7;
-- I52
update durable_activity_task set held = 1 where instance_key = 3;
-- I53
update durable_instance set tags = '{"t":"2"}' where instance_key = 1;
-- I54
update durable_inbox set kind = 0 where instance_key = 5;
-- I55
update durable_instance set bucket = 1024 where instance_key = 3;
