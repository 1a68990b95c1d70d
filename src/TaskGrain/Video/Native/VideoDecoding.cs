namespace TaskGrain.Video.Native;

/// <summary>
/// One reading of one video file: packets to pictures to frames of one rate and size. Times are treated as the ffmpeg
/// program treats them, so that count and content of the frames agree with its <c>-vf fps=…,scale=…</c>.
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
    private FrameGraph? _graph;

    // In the stream's time base.
    private readonly Dictionary<long, long> _durations = [];
    private long? _startTime;
    private long _nextDecodingTime;
    private long _lastDuration;
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
        _graph = new FrameGraph(_format, _container.TimeBase, _collector);

        // What FFmpeg said while it looked at the file's start is said again if it matters.
        _log.Forget();
        ReadPackets(cancel);
        _decoder.Send(0);
        Receive(cancel, atEnd: true);
        _graph.Finish(_endTime);
        if (_collector.Count == 0)
        {
            throw new UnreadableVideoException(
                $"no frame of it can be decoded{(_log.Count > 0 ? ": " + _log.Summary() : "")}"
            );
        }

        return new VideoFrames(_format, _collector.ToArray(), Warning());
    }

    public void Dispose()
    {
        _graph?.Dispose();
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

    /// <summary>
    /// Counts times from the start of the file, and guesses a missing decoding time from the packet before.
    /// </summary>
    private void SetTimes(Packet packet)
    {
        _startTime ??=
            _container!.StartTime ?? (packet.PresentationTime != Ffmpeg.NoTime ? packet.PresentationTime : 0);
        if (packet.PresentationTime != Ffmpeg.NoTime)
        {
            packet.PresentationTime -= _startTime.Value;
            _durations[packet.PresentationTime] = packet.Duration;
        }

        if (packet.DecodingTime != Ffmpeg.NoTime)
        {
            packet.DecodingTime -= _startTime.Value;
            _nextDecodingTime = packet.DecodingTime;
        }
        else if (packet.PresentationTime == Ffmpeg.NoTime)
        {
            packet.DecodingTime = _nextDecodingTime;
        }

        _lastDuration = packet.Duration > 0 ? packet.Duration : _container!.AverageDuration;
        _nextDecodingTime += _lastDuration;
    }

    private void Receive(CancellationToken cancel, bool atEnd)
    {
        // A decoder whose container gives decoding times only knows no time for the pictures it still holds at the
        // end. They follow the last packet in its rhythm.
        Queue<long>? timesAtEnd = atEnd ? new() : null;
        int damagedInARow = 0;
        while (damagedInARow < MostDamagedInARow)
        {
            cancel.ThrowIfCancellationRequested();
            if (timesAtEnd is not null)
            {
                timesAtEnd.Enqueue(_nextDecodingTime);
                _nextDecodingTime += _container!.AverageDuration;
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

            long duration = _durations.TryGetValue(own, out long stated) && stated > 0 ? stated : _lastDuration;
            _lastTime = time;
            _endTime = time + duration;
            FrameLayout.Time(frame) = time;
        }

        _graph!.Push(frame);
    }

    private string? Warning()
    {
        var faults = new List<string>();

        // Some formats count the duration from time 0, others from the first picture.
        double seconds = _container!.TimeBase.ToSeconds(_endTime + Math.Max(0, _startTime ?? 0));
        double stated = _container.TimeBase.ToSeconds(_container.StatedDuration);
        if (stated - seconds > Math.Max(0.5, stated / 10))
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
