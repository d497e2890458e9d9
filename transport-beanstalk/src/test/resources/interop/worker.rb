# SPDX-License-Identifier: Apache-2.0
# worker.rb PORT TUBE COUNT END [ARGUMENT…]: reserves jobs one after the other, writes "job BODY" for each,
# ends it, and writes how.
require 'beaneater'

STDOUT.sync = true
port, tube, count, ending, *arguments = ARGV
beanstalk = Beaneater.new("127.0.0.1:#{port}")
count.to_i.times do
  job = beanstalk.tubes[tube].reserve(20)
  puts "job #{job.body.unpack1('H*')}"
  case ending
  when 'delete'
    job.touch
    job.delete
  when 'bury' # PRIORITY
    job.bury(pri: arguments[0].to_i)
  when 'release' # PRIORITY DELAY
    job.release(pri: arguments[0].to_i, delay: arguments[1].to_i)
  end
  puts ending
end
beanstalk.close
