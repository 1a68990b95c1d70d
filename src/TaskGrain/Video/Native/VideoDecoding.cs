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

    private readonly FfmpegLog.Scope _log = FfmpegLog.Collect();
    private readonly FrameFormat _format;
    private readonly FrameCollector _collector;
    private Container? _container;
    private Decoder? _decoder;
    private FrameGraph? _graph;

    // In the stream's time base.
    private readonly Dictionary<long, long> _durations = [];
    private long _nextDecodingTime;
    private long _lastDuration;
    private long _lastTime;
    private long _endTime;
    private int _damagedPackets;
    private string? _readFault;

    public VideoDecoding(FrameFormat format)
    {
        _format = format;
        _collector = new FrameCollector(format);
    }

    public VideoFrames Run(string path, CancellationToken cancel)
    {
        _container = new Container(path, _log);
        _decoder = new Decoder(_container.Codec, _container.CodecParameters);
        _graph = new FrameGraph(_format, _container.TimeBase, _collector);

        // What FFmpeg said while it looked at the file's start is said again if it matters.
        _log.Forget();
        ReadPackets(cancel);
        _decoder.Send(0);
        Receive(cancel);
        _graph.Finish(_endTime);
        if (_collector.Count == 0)
        {
            throw new UnreadableVideoException($"no frame of it can be decoded{(_log.Count > 0 ? ": " + _log.Summary() : "")}");
        }

        return new VideoFrames(_format, _collector.ToArray(), Warning());
    }

    public void Dispose()
    {
        _graph?.Dispose();
        _decoder?.Dispose();
        _container?.Dispose();
        _collector.Dispose();
        _log.Dispose();
    }

    private void ReadPackets(CancellationToken cancel)
    {
        using var packet = new Packet();
        long offset = -_container!.TimeBase.FromMicroseconds(_container.StartTime);
        while (true)
        {
            cancel.ThrowIfCancellationRequested();
            int result = _container.Read(packet);
            if (result < 0)
            {
                _readFault = result == Ffmpeg.EndOfFile ? null : Ffmpeg.Instance.Describe(result);
                return;
            }

            if (packet.Stream != _container.Stream)
            {
                continue;
            }

            SetTimes(packet, offset);
            if (!_decoder!.Send(packet.Address))
            {
                _damagedPackets++;
            }

            Receive(cancel);
        }
    }

    /// <summary>Counts times from the start of the file, and guesses a missing decoding time from the packet before.</summary>
    private void SetTimes(Packet packet, long offset)
    {
        if (packet.PresentationTime != Ffmpeg.NoTime)
        {
            packet.PresentationTime += offset;
            _durations[packet.PresentationTime] = packet.Duration;
        }

        if (packet.DecodingTime != Ffmpeg.NoTime)
        {
            packet.DecodingTime += offset;
            _nextDecodingTime = packet.DecodingTime;
        }
        else if (packet.PresentationTime == Ffmpeg.NoTime)
        {
            packet.DecodingTime = _nextDecodingTime;
        }

        _nextDecodingTime += packet.Duration;
        _lastDuration = packet.Duration > 0 ? packet.Duration : _lastDuration;
    }

    private void Receive(CancellationToken cancel)
    {
        while (true)
        {
            cancel.ThrowIfCancellationRequested();
            if (!_decoder!.Receive(out bool damaged))
            {
                if (damaged)
                {
                    _damagedPackets++;
                    continue;
                }

                return;
            }

            nint frame = _decoder.Frame;
            long own = FrameLayout.Time(frame);
            long best = Ffmpeg.Instance.Frames.BestEffortTime(frame);
            if (best != Ffmpeg.NoTime)
            {
                if (_container!.TimeBase.ToSeconds(best - _lastTime) > LongestStill)
                {
                    _damagedPackets++;
                    continue;
                }

                _lastTime = best;
                long duration = _durations.TryGetValue(own, out long stated) && stated > 0 ? stated : _lastDuration;
                _endTime = best + duration;
                FrameLayout.Time(frame) = best;
            }

            _graph!.Push(frame);
        }
    }

    private string? Warning()
    {
        var faults = new List<string>();
        double seconds = _container!.TimeBase.ToSeconds(_endTime);
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
