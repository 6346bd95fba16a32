insert into ledger_start values ('A', 'created'), ('A', 'exists');
insert into ledger_event values ('e1', 'A', 'ok', 's', 1), ('e2', 'A', 'ok', 's', 2), ('e3', 'B', 'ok', 's', 1),
  ('e4', 'A', 'ok', 's', 3), ('e5', 'A', 'info', 's', 4);
insert into ledger_effect values ('start', 'A', 'xA', 0, 'n0', 'node-1', 1), ('start', 'A', 'xA', 0, 'n1', 'node-2', 2),
  ('end', 'A', 'xA', 0, 'n1', 'node-2', 3);
insert into ledger_seen values ('A', 'r', 1, 'RUNNING', ''), ('A', 'r', 2, 'COMPLETED', 'q'), ('A', 'r', 3, 'COMPLETED', 'q');
