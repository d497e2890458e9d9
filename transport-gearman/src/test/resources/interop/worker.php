<?php
// SPDX-License-Identifier: Apache-2.0
// worker.php PORT PREFIX: serves PREFIX_echo and so on, and writes "FUNCTION PAYLOAD UNIQUE" for each job.

[, $port, $prefix] = $argv;
$worker = new GearmanWorker();
$worker->addServer('127.0.0.1', (int) $port);

function serve(GearmanWorker $worker, string $function, callable $handler): void {
    $worker->addFunction($function, function (GearmanJob $job) use ($function, $handler) {
        fwrite(STDOUT, $function . ' ' . bin2hex($job->workload()) . ' ' . $job->unique() . "\n");
        return $handler($job);
    });
}

serve($worker, $prefix . '_echo', fn ($job) => $job->workload());
serve($worker, $prefix . '_empty', fn ($job) => '');
serve($worker, $prefix . '_fail', function ($job) { $job->sendFail(); });
serve($worker, $prefix . '_throw', function ($job) { $job->sendException('no such order'); });
serve($worker, $prefix . '_stream', function ($job) {
    $job->sendStatus(1, 2);
    $job->sendData("part\0one");
    $job->sendWarning('careful');
    $job->sendStatus(2, 2);
    return 'whole';
});
while ($worker->work() || $worker->returnCode() === GEARMAN_WORK_FAIL
    || $worker->returnCode() === GEARMAN_WORK_EXCEPTION);
fwrite(STDERR, $worker->error() . "\n");
