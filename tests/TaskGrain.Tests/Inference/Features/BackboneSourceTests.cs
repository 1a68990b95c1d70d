using TaskGrain.Inference.Features;
using TaskGrain.Models.Heads;
using TaskGrain.Video;

namespace TaskGrain.Tests.Inference.Features;

/// <summary>Networks of other kinds, stood in for by functions, through the same interface.</summary>
public sealed class BackboneSourceTests
{
    private static readonly FrameFormat Small = new(2, 2, 12);

    [Fact]
    public void An_image_network_gives_a_vector_for_every_frame_in_bounded_batches()
    {
        List<int> batches = [];
        using var source = new FrameBackboneSource(
            Info(FeatureSourceKind.FrameBackbone, Small, 2),
            FirstTwoBytes,
            batchSize: 16
        );
        VideoFrames video = Numbered(40, Small);

        FeatureSequence features = source.Extract(video);

        Assert.Equal([16, 16, 8], batches);
        Assert.Equal(40, features.Steps);
        Assert.Equal([7f, 7f], features[7].ToArray());

        float[] FirstTwoBytes(ReadOnlyMemory<byte> frames, int count)
        {
            batches.Add(count);
            return
            [
                .. Enumerable
                    .Range(0, count)
                    .SelectMany(i => new float[] { frames.Span[i * 12], frames.Span[(i * 12) + 1] }),
            ];
        }
    }

    [Fact]
    public void Frames_at_another_rate_are_brought_to_twelve_vectors_a_second()
    {
        FrameFormat fast = new(2, 2, 24);
        using var source = new FrameBackboneSource(
            Info(FeatureSourceKind.FrameBackbone, fast, 1),
            (frames, count) => [.. Enumerable.Range(0, count).Select(i => (float)frames.Span[i * 12])]
        );

        FeatureSequence features = source.Extract(Numbered(48, fast));

        Assert.Equal([.. Enumerable.Range(0, 24).Select(i => 2f * i)], features.Values.ToArray());
    }

    [Fact]
    public void A_video_network_gets_clips_of_sixteen_frames_and_gives_twelve_vectors_a_second()
    {
        List<byte> starts = [];
        List<int> batches = [];
        using var source = new ClipBackboneSource(
            Info(FeatureSourceKind.ClipBackbone, Small, 1),
            (clips, count) =>
            {
                Assert.Equal(count * 16 * 12, clips.Length);
                byte[] first = [.. Enumerable.Range(0, count).Select(i => clips.Span[i * 16 * 12])];
                starts.AddRange(first);
                batches.Add(count);
                return [.. first.Select(frame => frame + 7.5f)]; // the clips' middle frames
            },
            batchSize: 3
        );

        FeatureSequence features = source.Extract(Numbered(50, Small));

        Assert.Equal([0, 16, 32, 34], starts);
        Assert.Equal([3, 1], batches);
        Assert.Equal(50, features.Steps);
        Assert.Equal(7.5f, features[0][0]); // before the first middle the first vector is kept
        Assert.Equal(20f, features[20][0], 1e-4f); // between two middles it is interpolated
        Assert.Equal(41.5f, features[49][0]);
    }

    [Fact]
    public void A_clip_longer_than_the_video_repeats_its_ends()
    {
        byte[]? seen = null;
        using var source = new ClipBackboneSource(
            Info(FeatureSourceKind.ClipBackbone, Small, 1),
            (clip, _) =>
            {
                seen = [.. Enumerable.Range(0, 16).Select(i => clip.Span[i * 12])];
                return [1];
            }
        );

        Assert.Equal(10, source.Extract(Numbered(10, Small)).Steps);
        Assert.Equal([0, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 9, 9, 9], seen);
    }

    private static FeatureSourceInfo Info(FeatureSourceKind kind, FrameFormat format, int dimension) =>
        new()
        {
            Kind = kind,
            Description = "a stand-in",
            Identity = "stand-in",
            Dimension = dimension,
            VectorsPerSecond = 12,
            Frames = format,
        };

    /// <summary>Frame i holds nothing but i.</summary>
    private static VideoFrames Numbered(int frames, FrameFormat format) =>
        new(
            format,
            Enumerable.Range(0, frames).SelectMany(i => Enumerable.Repeat((byte)i, format.BytesPerFrame)).ToArray()
        );
}
