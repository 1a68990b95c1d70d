namespace TaskGrain.Video.Native;

/// <summary>
/// One reading of one video file: packets to pictures to frames of one rate and size. Times are treated as the ffmpeg
/// program treats them (<see cref="PacketClock"/>), so that count and content of the frames agree with its
/// <c>-vf fps=…,scale=…</c>.
/// </summary>
internal sealed class VideoDecoding : IDisposable
{
    /// <summary>
    /// Seconds one picture may stand still. A damaged time would otherwise ask for hours of copies of a picture.
    /// </summary>
    private const double LongestStill = 600;

    private const int MostDamagedInARow = 100;

    private readonly FfmpegLog.Scope _log = FfmpegLog.Collect();
    private readonly FrameFormat _format;
    private FrameCollector? _collector;
    private Container? _container;
    private Decoder? _decoder;
    private RateConversion? _frames;
    private PacketClock? _clock;

    // In the stream's time base.
    private readonly Dictionary<long, long> _durations = [];
    private long? _startTime;
    private long _lastTime;
    private long _endTime;
    private int _damagedPackets;
    private string? _readFault;

    public VideoDecoding(FrameFormat format) => _format = format;

    public VideoFrames Run(string path, CancellationToken cancel)
    {
        _container = new Container(path, _log);
        _decoder = new Decoder(_container.Codec, _container.CodecParameters);
        _collector = new FrameCollector(_format) { FillsStart = !_container.IsAlone };
        _frames = new RateConversion(_format, _container.TimeBase, _collector);
        _clock = new PacketClock(
            _container.TimeBase,
            _container.AverageDuration,
            _decoder.Delay,
            _container.TimesMayJump
        );

        // What FFmpeg said while it looked at the file's start is said again if it matters.
        _log.Forget();
        ReadPackets(cancel);
        _decoder.Send(0);
        Receive(cancel, atEnd: true);
        _frames.Finish(_endTime);
        if (_collector.Count == 0)
        {
            throw new UnreadableVideoException(
                $"no frame of it can be decoded{(_log.Count > 0 ? ": " + _log.Summary() : "")}"
            );
        }

        return new VideoFrames(_format, _collector.Take(), Warning());
    }

    public void Dispose()
    {
        _frames?.Dispose();
        _decoder?.Dispose();
        _container?.Dispose();
        _collector?.Dispose();
        _log.Dispose();
    }

    private void ReadPackets(CancellationToken cancel)
    {
        using var packet = new Packet();
        while (true)
        {
            cancel.ThrowIfCancellationRequested();
            int result = _container!.Read(packet);
            if (result < 0)
            {
                _readFault = result == Ffmpeg.EndOfFile ? null : Ffmpeg.Instance.Describe(result);
                return;
            }

            if (packet.Stream != _container.Stream)
            {
                continue;
            }

            SetTimes(packet);
            if (!_decoder!.Send(packet.Address))
            {
                _damagedPackets++;
            }

            Receive(cancel, atEnd: false);
        }
    }

    private void SetTimes(Packet packet)
    {
        if (_startTime is null)
        {
            _startTime =
                _container!.StartTime ?? (packet.PresentationTime != Ffmpeg.NoTime ? packet.PresentationTime : 0);
            _clock!.StartAt(_startTime.Value);
        }

        _clock!.Set(packet);
        if (packet.PresentationTime != Ffmpeg.NoTime)
        {
            _durations[packet.PresentationTime] = packet.Duration;
        }
    }

    private void Receive(CancellationToken cancel, bool atEnd)
    {
        // A decoder whose container gives decoding times only knows no time for the pictures it still holds at the
        // end. They follow the last packet in its rhythm.
        Queue<long>? timesAtEnd = atEnd ? new() : null;
        long nextAtEnd = _clock!.Next;
        int damagedInARow = 0;
        while (damagedInARow < MostDamagedInARow)
        {
            cancel.ThrowIfCancellationRequested();
            if (timesAtEnd is not null)
            {
                timesAtEnd.Enqueue(nextAtEnd);
                nextAtEnd += _container!.AverageDuration;
            }

            if (_decoder!.Receive(out bool damaged))
            {
                damagedInARow = 0;
                Push(_decoder.Frame, timesAtEnd);
            }
            else if (damaged)
            {
                damagedInARow++;
                _damagedPackets++;
            }
            else
            {
                return;
            }
        }
    }

    private void Push(nint frame, Queue<long>? timesAtEnd)
    {
        long own = FrameLayout.Time(frame);
        long time = Ffmpeg.Instance.Frames.BestEffortTime(frame);
        if (time == Ffmpeg.NoTime && timesAtEnd is not null)
        {
            time = timesAtEnd.Dequeue();
        }

        if (time != Ffmpeg.NoTime)
        {
            if (_container!.TimeBase.ToSeconds(time - _lastTime) > LongestStill)
            {
                _damagedPackets++;
                return;
            }

            long duration = _durations.TryGetValue(own, out long stated) && stated > 0 ? stated : _clock!.LastDuration;
            if (_container.TimeBase.ToSeconds(duration) > LongestStill)
            {
                _damagedPackets++;
                duration = (long)(LongestStill / _container.TimeBase.ToSeconds(1));
            }

            _lastTime = time;
            _endTime = time + duration;
            _clock!.NoteShown(_endTime);
            FrameLayout.Time(frame) = time;
        }

        _frames!.Push(frame);
    }

    private string? Warning()
    {
        var faults = new List<string>();

        // Some formats count the duration from time 0, others from the first picture.
        double seconds = _container!.TimeBase.ToSeconds(_endTime + Math.Max(0, _startTime ?? 0));
        double stated = _container.TimeBase.ToSeconds(_container.StatedDuration);
        bool joined = _clock!.Jumps > 0;
        if (!joined && stated - seconds > Math.Max(0.5, stated / 10))
        {
            faults.Add($"it ends after {seconds:0.##} of {stated:0.##} seconds");
        }

        if (_readFault is not null)
        {
            faults.Add($"reading stopped early: {_readFault}");
        }

        if (_damagedPackets > 0)
        {
            faults.Add(_damagedPackets == 1 ? "1 part of it is damaged" : $"{_damagedPackets} parts of it are damaged");
        }

        if (_log.Count > 0)
        {
            faults.Add(_log.Summary());
        }

        return faults.Count == 0 ? null : string.Join("; ", faults);
    }
}
