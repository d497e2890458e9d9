# SPDX-License-Identifier: Apache-2.0
# worker.pl PORT PREFIX: serves PREFIX_echo and so on, and writes "FUNCTION PAYLOAD UNIQUE" for each job.
# It grabs jobs without their unique keys.
use strict;
use warnings;
use Gearman::Worker;

$| = 1;
my ($port, $prefix) = @ARGV;
my $worker = Gearman::Worker->new(job_servers => ["127.0.0.1:$port"]);

sub serve {
    my ($function, $handler) = @_;
    $worker->register_function($function => sub {
        my $job = shift;
        print $function, ' ', unpack('H*', $job->arg), " \n";
        return $handler->($job);
    });
}

serve("${prefix}_echo", sub { $_[0]->arg });
serve("${prefix}_empty", sub { '' });
serve("${prefix}_fail", sub { undef });
serve("${prefix}_throw", sub { $worker->send_work_exception($_[0], 'no such order') });
serve("${prefix}_stream", sub {
    my $job = shift;
    $job->set_status(1, 2);
    $worker->send_work_data($job, "part\0one");
    $worker->send_work_warning($job, 'careful');
    $job->set_status(2, 2);
    return 'whole';
});
$worker->work while 1;
