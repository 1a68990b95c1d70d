using System.Buffers;
using TaskGrain.Data;
using TaskGrain.Labels;
using TaskGrain.Video;

namespace TaskGrain.Synthesis;

/// <summary>
/// The generator as a source of training clips: clip number i is drawn when it is read, and only the frames that are
/// read. It is the clip that a store of the same seed, categories and format holds under that number, byte for byte;
/// clips that such a store keeps for validation and test are never trained on.
/// </summary>
internal sealed class DrawnClips : IClipGenerator
{
    private readonly WorldGenerator _generator;

    /// <summary>What a thread has made last: it asks for a clip's annotation, length and frames in turn.</summary>
    private readonly ThreadLocal<(int Number, SyntheticClip Clip)?> _last = new();

    /// <summary>Where the last list of numbers ended: the next epoch's need not begin at the first clip.</summary>
    private (Split Split, long Found, int Round) _reached;

    /// <summary>Makes the source.</summary>
    /// <param name="name">Which clips.</param>
    /// <param name="standard">Size and rate of the frames where the name says nothing about them.</param>
    /// <exception cref="TaskGrainException">The format cannot be.</exception>
    public DrawnClips(DrawnClipsName name, FrameFormat standard)
    {
        DrawnClipsName complete = name.Complete(standard);
        Name = complete.ToString();
        EpochClips = complete.Clips;
        ValidationClips = complete.Validation!.Value;
        Format = new FrameFormat(complete.Size!.Value.Width, complete.Size.Value.Height, complete.Rate!.Value);
        Format.Validate();
        SynthesisOptions usual =
            complete.World == SyntheticWorld.Kitchenware ? SynthesisOptions.PaperKitchenware : new SynthesisOptions();
        _generator = new WorldGenerator(
            usual with
            {
                Seed = complete.Seed,
                Variation = complete.Variation,
                Categories = complete.Contrasts ? Contrasts.Categories : [],
            }
        );
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public int Version => Recipe.CurrentVersion;

    /// <inheritdoc/>
    public FrameFormat Format { get; }

    /// <inheritdoc/>
    public Taxonomy Taxonomy => _generator.Taxonomy;

    /// <inheritdoc/>
    public int EpochClips { get; }

    /// <inheritdoc/>
    public int ValidationClips { get; }

    /// <summary>Numbers of clips are all there are.</summary>
    public int Count => int.MaxValue;

    /// <summary>The generator's <see cref="ClipGeneratorFinder"/>.</summary>
    public static IClipGenerator? Find(string name, FrameFormat standard) =>
        DrawnClipsName.IsOne(name) ? new DrawnClips(DrawnClipsName.Parse(name), standard) : null;

    /// <inheritdoc/>
    public int FrameCount(int index) => Clip(index).CountAt(Format.FramesPerSecond);

    /// <inheritdoc/>
    public Annotation Annotate(int index) => Clip(index).Annotation with { Media = null };

    /// <inheritdoc/>
    public void ReadFrames(int index, ReadOnlySpan<int> frames, PixelRectangle crop, Span<byte> destination)
    {
        SyntheticClip clip = Clip(index);
        int size = crop.Width * crop.Height * 3;
        byte[] buffer = ArrayPool<byte>.Shared.Rent(Format.BytesPerFrame);
        try
        {
            Span<byte> whole = buffer.AsSpan(0, Format.BytesPerFrame);
            using FrameRenderer renderer = clip.Renderer(Format);
            for (int i = 0; i < frames.Length; i++)
            {
                Span<byte> to = destination.Slice(i * size, size);
                if (i > 0 && frames[i] == frames[i - 1])
                {
                    destination.Slice((i - 1) * size, size).CopyTo(to);
                    continue;
                }

                renderer.Render(clip.TimeOf(frames[i], Format.FramesPerSecond), frames[i], whole);
                for (int row = 0; row < crop.Height; row++)
                {
                    whole
                        .Slice((((crop.Y + row) * Format.Width) + crop.X) * 3, crop.Width * 3)
                        .CopyTo(to[(row * crop.Width * 3)..]);
                }
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <inheritdoc/>
    public int[] Numbers(Split split, long first, int count)
    {
        (long found, int round) =
            _reached.Split == split && _reached.Found <= first ? (_reached.Found, _reached.Round) : (0, 0);
        var numbers = new List<int>(count);
        while (numbers.Count < count)
        {
            // Kept at the round's beginning, which may have clips of the next list too.
            _reached = (split, found, round);
            Split[] splits = _generator.SplitsOf(round);
            if (((long)round + 1) * splits.Length > int.MaxValue)
            {
                throw new TaskGrainException($"{Name}: there are no more clips of this seed; train with another.");
            }

            for (int place = 0; place < splits.Length; place++)
            {
                if (splits[place] == split && found++ >= first && numbers.Count < count)
                {
                    numbers.Add((round * splits.Length) + place);
                }
            }

            round++;
        }

        return [.. numbers];
    }

    private SyntheticClip Clip(int number)
    {
        if (_last.Value is not { } last || last.Number != number)
        {
            last = (number, _generator.Clip(number));
            _last.Value = last;
        }

        return last.Clip;
    }
}
