-- wrk script: sends random requests put together from a file, and prints what came of them as one line of JSON.
-- Arguments: the file, the status that each answer must have, and a prefix for Idempotency-Keys, which are sent only where there is one.
-- The file is written by request-file.ts, which says what is in it.

local threads = {}

function setup(thread)
  threads[#threads + 1] = thread
  thread:set("number", #threads)
end

local heads, bodies, endings = {}, {}, {}
local random = math.random
local wanted, prefix, sent = 0, nil, 0
others = 0

function init(args)
  math.randomseed(os.time() * 100 + number)
  wanted = tonumber(args[2])
  if args[3] then prefix = "Idempotency-Key: " .. args[3] .. "-" .. number .. "-" end
  local parts = { H = heads, B = bodies, T = endings }
  for line in io.lines(args[1]) do
    local part = parts[line:sub(1, 1)]
    part[#part + 1] = line:sub(2):gsub("\\r\\n", "\r\n")
  end
end

function request()
  local n = #heads
  local head = random(n)
  local ending = random(#endings)
  if #endings == n and ending == head then ending = ending % n + 1 end
  if not prefix then return heads[head] .. bodies[head] .. endings[ending] end
  sent = sent + 1
  return heads[head] .. prefix .. sent .. "\r\n" .. bodies[head] .. endings[ending]
end

function response(status)
  if status ~= wanted then others = others + 1 end
end

function done(summary, latency)
  local errors, refused = summary.errors, 0
  for _, thread in ipairs(threads) do refused = refused + thread:get("others") end
  io.write(string.format('{"answered":%d,"seconds":%.6f,"refused":%d,"failed":%d,"p50":%.3f,"p90":%.3f,"p99":%.3f,"max":%.3f}\n',
    summary.requests, summary.duration / 1e6, refused, errors.connect + errors.read + errors.write + errors.timeout,
    latency:percentile(50) / 1e3, latency:percentile(90) / 1e3, latency:percentile(99) / 1e3, latency.max / 1e3))
end
