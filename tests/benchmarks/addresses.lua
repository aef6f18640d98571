-- wrk asks the addresses of a file (argument 1, one a line) in turn; each thread begins elsewhere in it.
local threads = 0

function setup(thread)
  thread:set("number", threads)
  threads = threads + 1
end

function init(arguments)
  addresses = {}
  for line in io.lines(arguments[1]) do
    addresses[#addresses + 1] = line
  end
  at = number * math.floor(#addresses / 2)
end

function request()
  at = at % #addresses + 1
  return wrk.format("GET", addresses[at])
end

function done(summary, latency, requests)
  local bad = summary.errors.status + summary.errors.connect + summary.errors.read + summary.errors.write
    + summary.errors.timeout
  io.write(string.format("figures %d %d %d %d %d %d\n", summary.requests, summary.duration, bad,
    latency:percentile(50), latency:percentile(95), summary.bytes))
end
