# SPDX-License-Identifier: Apache-2.0
# results.rb PORT TUBE call: puts stdin as a task, waits for its reply, and writes what it says.
# results.rb PORT TUBE serve COUNT: answers tasks with their own payload, but "fail" with a failure.
require 'beaneater'
require 'securerandom'
require 'stringio'

MARK = "\xC1TW\x01".b

def envelope(headers, payload)
  strings = headers.to_a.flatten.map { |text| [0xD9, text.bytesize].pack('CC') + text.b }
  MARK + [0x80 | headers.size].pack('C') + strings.join + payload
end

def text(stream)
  first = stream.getbyte
  bytes, form = { 0xD9 => [1, 'C'], 0xDA => [2, 'n'], 0xDB => [4, 'N'] }[first]
  stream.read(bytes ? stream.read(bytes).unpack1(form) : first & 31)
end

def opened(body)
  return [{}, body] unless body.start_with?(MARK)

  stream = StringIO.new(body[MARK.bytesize..])
  headers = Array.new(stream.getbyte & 15) { [text(stream), text(stream)] }.to_h
  [headers, stream.read]
end

def call(beanstalk, tube)
  reply_to = "tw.r.#{SecureRandom.hex(16)}.t120"
  beanstalk.tubes.watch!(reply_to)
  task = envelope({ 'id' => '1', 'reply-to' => reply_to }, STDIN.binmode.read)
  beanstalk.tubes[tube].put(task, pri: 1024)
  job = beanstalk.tubes.reserve(20)
  headers, payload = opened(job.body)
  job.delete
  return puts "result #{headers['id']} #{payload.unpack1('H*')}" unless headers['code']

  puts "failure #{headers.values_at('id', 'code', 'type', 'message').join(' ')}"
end

def serve(beanstalk, tube, count)
  beanstalk.tubes.watch!(tube)
  count.times do
    job = beanstalk.tubes.reserve(20)
    headers, payload = opened(job.body)
    answer = { 'id' => headers['id'] }
    answer.merge!('code' => 'HANDLER', 'type' => 'order', 'message' => 'no such order') if payload == 'fail'
    beanstalk.tubes[headers['reply-to']].put(envelope(answer, payload == 'fail' ? '' : payload), pri: 1024)
    job.delete
  end
end

STDOUT.sync = true
port, tube, role, count = ARGV
beanstalk = Beaneater.new("127.0.0.1:#{port}")
role == 'call' ? call(beanstalk, tube) : serve(beanstalk, tube, count.to_i)
beanstalk.close
