using TaskGrain.Models.Heads;
using TaskGrain.Video;

namespace TaskGrain.Inference.Features;

/// <summary>
/// Several sources side by side: a vector is theirs, one after the other, at the rate of the fastest. A video is read
/// once, in the smallest format that holds every source's, and scaled to each (<see cref="FrameScaling"/>).
/// </summary>
internal sealed class CombinedSource : IFeatureSource
{
    private readonly IReadOnlyList<IFeatureSource> _parts;

    /// <param name="parts">The sources; disposed with this one.</param>
    /// <param name="frames">The format to read; null for the smallest that holds every source's.</param>
    /// <exception cref="TaskGrainException">A source reads larger frames than these, or more of them.</exception>
    public CombinedSource(IReadOnlyList<IFeatureSource> parts, FrameFormat? frames = null)
    {
        _parts = parts;
        FrameFormat needed = FrameScaling.Covering([.. parts.Select(part => part.Info.Frames)]);
        if (frames is not null && FrameScaling.Covering([needed, frames]) != frames)
        {
            throw new TaskGrainException(
                $"Features of {string.Join(" and ", parts.Select(part => part.Info.Description))} are made of frames "
                    + $"of {needed}, and {frames} are too few or too small."
            );
        }

        FeatureSourceInfo[] infos = [.. parts.Select(part => part.Info)];
        Info = new FeatureSourceInfo
        {
            Kind = FeatureSourceKind.Combined,
            Description = string.Join(" + ", infos.Select(info => info.Description)),
            Identity = SourceIdentity.Of(string.Join('+', infos.Select(info => info.Identity))),
            Checksum = SourceIdentity.Of(string.Join('+', infos.Select(info => info.Checksum))),
            Dimension = infos.Sum(info => info.Dimension),
            VectorsPerSecond = infos.Max(info => info.VectorsPerSecond),
            Frames = frames ?? needed,
        };
    }

    /// <inheritdoc/>
    public FeatureSourceInfo Info { get; }

    /// <inheritdoc/>
    public FeatureSequence Extract(VideoFrames frames, CancellationToken cancel = default) =>
        Join(ExtractParts(frames, cancel));

    /// <summary>The sources' vectors apart, all at one rate and of one length.</summary>
    /// <param name="frames">In the format of <see cref="Info"/>.</param>
    /// <param name="cancel">Stops between two windows.</param>
    /// <returns>(T, D) of each source.</returns>
    public IReadOnlyList<FeatureSequence> ExtractParts(VideoFrames frames, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(frames);
        BackboneFrames.RequireFormat(frames, Info);
        return [.. _parts.Select(part => AtRate(part, frames, Info.VectorsPerSecond, cancel))];
    }

    /// <summary>A source's vectors at another rate.</summary>
    /// <param name="part">The source.</param>
    /// <param name="frames">In a format that its own can be made of.</param>
    /// <param name="rate">Vectors a second.</param>
    /// <param name="cancel">Stops between two windows.</param>
    /// <returns>(T, D), T = length in seconds × rate.</returns>
    public static FeatureSequence AtRate(IFeatureSource part, VideoFrames frames, double rate, CancellationToken cancel)
    {
        FeatureSequence own = part.Extract(FrameScaling.To(frames, part.Info.Frames), cancel);
        return FeatureResampling.ToRate(own, Times(own.Steps, part.Info.VectorsPerSecond), Seconds(frames), rate);
    }

    /// <summary>When the vectors of a source are, in seconds.</summary>
    /// <param name="steps">How many there are.</param>
    /// <param name="rate">Vectors a second.</param>
    public static double[] Times(int steps, double rate) => [.. Enumerable.Range(0, steps).Select(step => step / rate)];

    /// <summary>Length of a video in seconds, by its frames.</summary>
    /// <param name="frames">The video.</param>
    public static double Seconds(VideoFrames frames) => frames.Count / frames.Format.FramesPerSecond.Value;

    /// <summary>Vectors of several sources, one after the other in every step.</summary>
    /// <param name="parts">(T, D) each, of one length.</param>
    public static FeatureSequence Join(IReadOnlyList<FeatureSequence> parts)
    {
        if (parts.Count == 1)
        {
            return parts[0];
        }

        int steps = parts[0].Steps;
        int dimension = parts.Sum(part => part.Dimension);
        float[] values = new float[steps * dimension];
        for (int step = 0; step < steps; step++)
        {
            int at = step * dimension;
            foreach (FeatureSequence part in parts)
            {
                part[step].CopyTo(values.AsSpan(at));
                at += part.Dimension;
            }
        }

        return new FeatureSequence(values, steps, dimension);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (IFeatureSource part in _parts)
        {
            part.Dispose();
        }
    }
}
