<?php
// SPDX-License-Identifier: Apache-2.0
// client.php PORT FUNCTION MODE UNIQUE: submits stdin, and writes what it hears, a line each.
// MODE is normal, high or low, with or without _background.

function say(string $what): void { fwrite(STDOUT, $what . "\n"); }

[, $port, $function, $mode, $unique] = $argv;
$client = new GearmanClient();
$client->addServer('127.0.0.1', (int) $port);
$client->setTimeout(20000);
$client->setDataCallback(fn ($task) => say('data ' . bin2hex($task->data())));
$client->setWarningCallback(fn ($task) => say('warning ' . bin2hex($task->data())));
$client->setStatusCallback(
    fn ($task) => say('status ' . $task->taskNumerator() . '/' . $task->taskDenominator()));
$client->setCompleteCallback(fn ($task) => say('complete ' . bin2hex($task->data())));
$client->setExceptionCallback(fn ($task) => say('exception ' . bin2hex($task->data())));
$client->setFailCallback(fn ($task) => say('fail'));

$payload = stream_get_contents(STDIN);
$add = [
    'normal' => 'addTask',
    'high' => 'addTaskHigh',
    'low' => 'addTaskLow',
    'normal_background' => 'addTaskBackground',
    'high_background' => 'addTaskHighBackground',
    'low_background' => 'addTaskLowBackground',
][$mode];
$context = null;
$client->$add($function, $payload, $context, $unique === '' ? null : $unique);
if (!$client->runTasks()) {
    fwrite(STDERR, $client->error() . "\n");
    exit(1);
}
say('end');
