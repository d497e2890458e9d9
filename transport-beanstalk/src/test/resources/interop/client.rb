# SPDX-License-Identifier: Apache-2.0
# client.rb PORT TUBE COMMAND [ARGUMENT…]: one command on a tube, and what came of it in a line.
require 'beaneater'

port, name, command, *arguments = ARGV
beanstalk = Beaneater.new("127.0.0.1:#{port}")
tube = beanstalk.tubes[name]

case command
when 'put' # PRIORITY DELAY TTR, the body from stdin
  priority, delay, ttr = arguments.map(&:to_i)
  puts "inserted #{tube.put(STDIN.binmode.read, pri: priority, delay: delay, ttr: ttr)[:id]}"
when 'peek' # ready, delayed or buried
  job = tube.peek(arguments[0])
  puts job ? "found #{job.id} #{job.body.unpack1('H*')}" : 'none'
when 'kick' # HOW_MANY
  puts "kicked #{tube.kick(arguments[0])[:id]}"
when 'job' # ID
  stats = beanstalk.jobs.find(arguments[0].to_i)&.stats
  puts stats ? %w[state pri delay ttr reserves timeouts age].map { |key| stats[key] }.join(' ') : 'none'
when 'pause' # SECONDS
  puts tube.pause(arguments[0])[:status].downcase
end
beanstalk.close
