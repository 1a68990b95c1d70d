namespace TaskGrain.Inference;

/// <summary>What is said of a running video's last window.</summary>
/// <param name="Probabilities">One a class; null where no head names classes.</param>
/// <param name="Caption">The caption; null without a decoder, or when none was asked for.</param>
/// <param name="Window">Steps of the window.</param>
internal sealed record StreamReading(float[]? Probabilities, string? Caption, int Window);

/// <summary>A way to read a running video frame by frame.</summary>
internal interface IFrameStream : IDisposable
{
    /// <summary>Frames that have come.</summary>
    long FramesRead { get; }

    /// <summary>Frames by which a reading lags behind.</summary>
    int LookAhead { get; }

    /// <summary>Takes the next frame.</summary>
    /// <returns>What is said now; null where nothing is.</returns>
    StreamReading? Push(ReadOnlySpan<byte> frame);

    /// <summary>What is said of the last window, once there was a frame.</summary>
    StreamReading Finish();
}
