# SPDX-License-Identifier: Apache-2.0
# client.pl PORT FUNCTION MODE UNIQUE: submits stdin, and writes what it hears, a line each.
# MODE is normal, high or low, with or without _background.
use strict;
use warnings;
use Gearman::Client;
use Gearman::Task;

$| = 1;
binmode STDIN;
my ($port, $function, $mode, $unique) = @ARGV;
my $payload = do { local $/; <STDIN> };
$payload = '' unless defined $payload;
my $client = Gearman::Client->new(job_servers => ["127.0.0.1:$port"], exceptions => 1);
my ($priority) = $mode =~ /^([a-z]+)/;
my $task = Gearman::Task->new(
    $function,
    \$payload,
    {
        uniq         => $unique,
        priority     => $priority,
        on_data      => sub { print 'data ', unpack('H*', ${ $_[0] }), "\n" },
        on_warning   => sub { print 'warning ', unpack('H*', ref $_[0] ? ${ $_[0] } : $_[0]), "\n" },
        on_status    => sub { print "status $_[0]/$_[1]\n" },
        on_complete  => sub { print 'complete ', unpack('H*', ${ $_[0] }), "\n" },
        on_exception => sub { print 'exception ', unpack('H*', $_[0]), "\n" },
        on_fail      => sub { print "fail\n" },
    });
if ($mode =~ /_background$/) {
    defined $client->dispatch_background($task) or die 'not submitted';
} else {
    my $tasks = $client->new_task_set;
    $tasks->add_task($task);
    $tasks->wait(timeout => 20);
}
print "end\n";
