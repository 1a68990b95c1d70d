using TaskGrain.Inference.Features;
using TaskGrain.Models;
using TaskGrain.Models.Heads;
using TaskGrain.Video;

namespace TaskGrain.Transfer.Teaching;

/// <summary>
/// The sources that a teaching chooses from, opened, with those that show what gives the classes away.
/// </summary>
internal sealed class TeachSources : IDisposable
{
    /// <summary>Vectors a second of the sources that see motion; the paper's.</summary>
    private const double Rate = 12;

    /// <summary>Frames a second that an image network looks at: pictures change slower than things move.</summary>
    private const double PictureRate = 4;

    private readonly List<IFeatureSource> _opened = [];

    private TeachSources(IReadOnlyList<string> names) => Names = names;

    /// <summary>Their names, in the order of their features.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>The sources.</summary>
    public IReadOnlyList<IFeatureSource> Sources => _opened;

    /// <summary>The encoder with random weights; null where none of the sources is an encoder.</summary>
    public IFeatureSource? Untrained { get; private set; }

    /// <summary>The format that a clip is read in, once for all.</summary>
    public FrameFormat Frames { get; private set; } = FrameFormat.Paper;

    /// <summary>Opens the sources of a teaching.</summary>
    /// <param name="model">The model with the encoder.</param>
    /// <param name="options">Which sources, and what the encoder is called.</param>
    /// <exception cref="TaskGrainException">A source is not there or cannot be used.</exception>
    public static TeachSources Open(VideoModel model, TeachOptions options)
    {
        IReadOnlyList<string> names = options.SourceNames;
        var sources = new TeachSources(names);
        try
        {
            foreach (string name in names)
            {
                sources._opened.Add(
                    options.IsEncoder(name)
                        ? EncoderFeatureSource.Of(model, OptionsOf(name))
                        : FeatureSources.OpenOne(name, model.Device, model.Encoder.Compute, OptionsOf(name))
                );
            }

            if (options.Giveaways && names.Any(options.IsEncoder))
            {
                ModelDescription sizes = model.Description;
                sources.Untrained = EncoderFeatureSource.Untrained(
                    sizes.Encoder,
                    sizes.Preprocessing,
                    options.Seed,
                    model.Device,
                    OptionsOf(options.EncoderName) with
                    {
                        WholeClip = true,
                    }
                );
            }

            sources.Frames = FrameScaling.Covering([
                .. sources._opened.Append(sources.Untrained).OfType<IFeatureSource>().Select(one => one.Info.Frames),
            ]);
            return sources;
        }
        catch
        {
            sources.Dispose();
            throw;
        }
    }

    /// <summary>What a taught head says of some of the sources.</summary>
    /// <param name="chosen">Their numbers.</param>
    /// <param name="options">What the encoder is called.</param>
    public IReadOnlyList<TaughtSource> Describe(IReadOnlyList<int> chosen, TeachOptions options) =>
        [
            .. chosen.Select(i =>
            {
                FeatureSourceInfo info = _opened[i].Info;
                bool own = options.IsEncoder(Names[i]);
                FeatureOptions asked = OptionsOf(Names[i]);
                return new TaughtSource(
                    own ? "" : FeatureSources.WithoutWhole(Names[i]) ?? Names[i],
                    info.Kind.ToString(),
                    own ? "" : info.Checksum,
                    info.Dimension,
                    asked.VectorsPerSecond
                )
                {
                    WholeClip = asked.WholeClip,
                };
            }),
        ];

    /// <inheritdoc/>
    public void Dispose()
    {
        _opened.ForEach(source => source.Dispose());
        Untrained?.Dispose();
    }

    private static FeatureOptions OptionsOf(string name) =>
        new()
        {
            VectorsPerSecond = name == ImageNetResNet18.Name ? PictureRate : Rate,
            WholeClip = FeatureSources.WithoutWhole(name) is not null,
        };
}
