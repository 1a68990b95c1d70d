using TaskGrain.Data;
using TaskGrain.Labels;
using TaskGrain.Models;
using TaskGrain.Runtime;
using TaskGrain.Video;

namespace TaskGrain.Tests.Evaluation;

/// <summary>
/// A data set that takes milliseconds: three categories in two groups, a square that moves right, moves left or
/// grows, in frames of 64×64, with captions; and models small enough to go with it.
/// </summary>
internal sealed class TinyWorld : IDisposable
{
    public const int FramesPerClip = 10;

    private static readonly string[] Objects = ["cup", "red box", "book"];

    private readonly TemporaryFolder _folder = new();

    public TinyWorld(int trainPerCategory = 4, int validationPerCategory = 2, ulong seed = 1)
    {
        Taxonomy = new Taxonomy(
            ["Moving [something] right", "Moving [something] left", "Growing [something]"],
            ["Moving", "Growing"],
            [0, 0, 1]
        );
        var random = new SeededRandom(seed);
        var annotations = new List<Annotation>();
        using (FrameStoreWriter writer = FrameStoreWriter.OpenOrCreate(StoreFolder, Format, FrameCompression.Raw))
        {
            foreach (
                (Split split, int count) in new[]
                {
                    (Split.Train, trainPerCategory),
                    (Split.Validation, validationPerCategory),
                }
            )
            {
                for (int i = 0; i < 3 * count; i++)
                {
                    string id = $"{split.Name()}-{i}";
                    int category = i % 3;
                    annotations.Add(
                        new Annotation
                        {
                            Id = id,
                            Split = split,
                            Category = category,
                            Placeholders = [random.Pick(Objects)],
                        }
                    );
                    writer.Append(id, Draw(category, random));
                }
            }
        }

        Data = new DataSet("tiny", Taxonomy, annotations);
        LabelledStore.WriteAnnotations(StoreFolder, Data);
        Store = FrameStore.Open(StoreFolder);
    }

    public static FrameFormat Format { get; } = new(64, 64, 12);

    public string Folder => _folder.Path;

    public string StoreFolder => _folder.File("store");

    public Taxonomy Taxonomy { get; }

    public DataSet Data { get; }

    public FrameStore Store { get; }

    public LabelledStore Labelled => new(Store, Data);

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

    private static VideoFrames Draw(int category, SeededRandom random)
    {
        byte[] pixels = new byte[FramesPerClip * Format.BytesPerFrame];
        int y0 = random.NextInt(12, 30);
        byte shade = (byte)random.NextInt(160, 255);
        for (int t = 0; t < FramesPerClip; t++)
        {
            int side = category == 2 ? 8 + (3 * t) : 18;
            int x0 = category switch
            {
                0 => 2 + (4 * t),
                1 => 40 - (4 * t),
                _ => 10,
            };
            for (int y = y0; y < Math.Min(64, y0 + side); y++)
            {
                for (int x = Math.Max(0, x0); x < Math.Min(64, x0 + side); x++)
                {
                    pixels.AsSpan((((t * 64) + y) * 64 * 3) + (x * 3), 3).Fill(shade);
                }
            }
        }

        return new VideoFrames(Format, pixels);
    }
}
