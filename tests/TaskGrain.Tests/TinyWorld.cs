using TaskGrain.Data;
using TaskGrain.Labels;
using TaskGrain.Models;
using TaskGrain.Runtime;
using TaskGrain.Video;

namespace TaskGrain.Tests;

/// <summary>
/// A data set that takes milliseconds to make and seconds to learn: three categories in two groups, a coloured square
/// over noise that moves right, moves left or grows, in frames of 64×64, with captions; and models small enough to go
/// with it.
/// </summary>
internal sealed class TinyWorld : IDisposable
{
    public const int FramesPerClip = 10;

    private static readonly (string Name, byte[] Colour)[] Objects =
    [
        ("a red square", [230, 40, 40]),
        ("a green square", [40, 210, 60]),
        ("a blue square", [50, 60, 240]),
    ];

    private readonly TemporaryFolder _folder = new();

    /// <summary>A world with clips of <see cref="FramesPerClip"/> frames, in a folder of its own.</summary>
    public TinyWorld(int trainPerCategory = 4, int validationPerCategory = 2, ulong seed = 1)
    {
        int categories = Taxonomy.Categories.Count;
        Data = Write(
            StoreFolder,
            categories * trainPerCategory,
            categories * validationPerCategory,
            seed,
            FramesPerClip
        );
        Store = FrameStore.Open(StoreFolder);
    }

    public static FrameFormat Format { get; } = new(64, 64, 12);

    public static Taxonomy Taxonomy { get; } =
        new(
            ["Moving [something] right", "Moving [something] left", "Growing [something]"],
            ["Moving", "Growing"],
            [0, 0, 1]
        );

    public string Folder => _folder.Path;

    public string StoreFolder => _folder.File("store");

    public DataSet Data { get; }

    public FrameStore Store { get; }

    public LabelledStore Labelled => new(Store, Data);

    /// <summary>
    /// Writes a store with its annotations. The clips of a split, <c>train-0</c> and so on, take turns with the
    /// categories, and each round of them with the objects.
    /// </summary>
    /// <param name="folder">Where to.</param>
    /// <param name="training">Training clips.</param>
    /// <param name="validation">Validation clips.</param>
    /// <param name="seed">Fixes places, lengths and noise.</param>
    /// <param name="frames">Frames of every clip; null for 14 to 21.</param>
    public static DataSet Write(string folder, int training, int validation = 0, ulong seed = 1, int? frames = null)
    {
        var random = new SeededRandom(seed);
        var annotations = new List<Annotation>();
        using (FrameStoreWriter writer = FrameStoreWriter.OpenOrCreate(folder, Format, FrameCompression.Raw))
        {
            foreach ((Split split, int count) in new[] { (Split.Train, training), (Split.Validation, validation) })
            {
                for (int i = 0; i < count; i++)
                {
                    int category = i % Taxonomy.Categories.Count;
                    (string name, byte[] colour) = Objects[i / Taxonomy.Categories.Count % Objects.Length];
                    string id = $"{split.Name()}-{i}";
                    SeededRandom own = random.Derive((ulong)annotations.Count);
                    writer.Append(id, Draw(category, colour, frames ?? own.NextInt(14, 22), own));
                    annotations.Add(
                        new Annotation
                        {
                            Id = id,
                            Split = split,
                            Category = category,
                            Label = Taxonomy.Templates[category].Fill([name]),
                            Placeholders = [name],
                        }
                    );
                }
            }
        }

        var data = new DataSet("tiny", Taxonomy, annotations);
        LabelledStore.WriteAnnotations(folder, data);
        return data;
    }

    /// <summary>An untrained model.</summary>
    public VideoModel Model(Granularity granularity = Granularity.ActionCategories, bool classifier = true)
    {
        Vocabulary? vocabulary = granularity.IsCaption()
            ? new CaptionTargets(Taxonomy, new CaptionOptions { RareCount = 0 }).BuildVocabulary(Data, granularity)
            : null;
        return new VideoModel(
            new ModelDescription
            {
                Encoder = new EncoderOptions
                {
                    Architecture = EncoderArchitecture.Parse("M(16-16)"),
                    LstmHidden = 8,
                    FeatureSize = 16,
                    CropSize = 56,
                    FinalPool = 1,
                },
                Preprocessing = new Preprocessing
                {
                    Frames = Format,
                    Clip = new ClipSamplerOptions
                    {
                        Frames = 4,
                        FrameStride = 2,
                        CropSize = 56,
                    },
                },
                Granularity = granularity,
                Taxonomy = Taxonomy,
                Classifier = classifier ? ClassifierPooling.MeanFeatures : null,
                Vocabulary = vocabulary,
                Decoder = vocabulary is null
                    ? null
                    : new CaptionDecoderOptions
                    {
                        Words = vocabulary.Count,
                        FeatureSize = 16,
                        Embedding = 8,
                        Hidden = 12,
                    },
            }
        );
    }

    /// <summary>The frames of a clip of the store.</summary>
    public VideoFrames Frames(string id)
    {
        Assert.True(Store.TryIndexOf(id, out int index));
        byte[] pixels = new byte[Store.FrameCount(index) * Format.BytesPerFrame];
        int[] all = [.. Enumerable.Range(0, Store.FrameCount(index))];
        Store.ReadFrames(index, all, new PixelRectangle(0, 0, Format.Width, Format.Height), pixels);
        return new VideoFrames(Format, pixels);
    }

    public void Dispose()
    {
        Store.Dispose();
        _folder.Dispose();
    }

    private static VideoFrames Draw(int category, byte[] colour, int count, SeededRandom random)
    {
        byte[] pixels = new byte[count * Format.BytesPerFrame];
        int across = random.NextInt(14, 30);
        for (int t = 0; t < count; t++)
        {
            double way = (double)t / (count - 1);
            int size = category == 2 ? 8 + (int)(24 * way) : 18;
            int along = 4 + (int)((Format.Width - size - 8) * way);
            int x = category switch
            {
                0 => along,
                1 => Format.Width - size - along,
                _ => across,
            };
            Span<byte> frame = pixels.AsSpan(t * Format.BytesPerFrame, Format.BytesPerFrame);
            for (int i = 0; i < frame.Length; i++)
            {
                int px = i / 3 % Format.Width;
                int py = i / 3 / Format.Width;
                bool inside = px >= x && px < x + size && py >= across && py < across + size;
                frame[i] = inside ? colour[i % 3] : (byte)random.NextInt(90, 110);
            }
        }

        return new VideoFrames(Format, pixels);
    }
}
