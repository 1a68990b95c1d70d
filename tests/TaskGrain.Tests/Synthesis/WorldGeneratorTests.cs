using TaskGrain.Lab.Demo;
using TaskGrain.Labels;
using TaskGrain.Synthesis;
using TaskGrain.Video;

namespace TaskGrain.Tests.Synthesis;

public sealed class WorldGeneratorTests
{
    private static readonly SynthesisOptions All = new() { Seed = 3 };

    [Fact]
    public void Every_script_acts_out_an_official_category()
    {
        foreach (SyntheticWorld world in Enum.GetValues<SyntheticWorld>())
        {
            Taxonomy taxonomy = WorldGenerator.TaxonomyOf(world);
            ActionBook book = WorldGenerator.BookOf(world);
            Assert.All(book.Templates, template => Assert.Contains(template, taxonomy.Categories));
        }

        Taxonomy official = Taxonomy.SomethingSomething;
        IReadOnlyList<int> categories = WorldGenerator.CategoriesOf(SyntheticWorld.Something);
        Assert.True(categories.Count >= 90);
        Assert.True(categories.Select(official.GroupOf).Distinct().Count() >= 35);
        Assert.Equal(13, WorldGenerator.CategoriesOf(SyntheticWorld.Kitchenware).Count);
    }

    [Fact]
    public void Every_category_can_be_played_and_its_label_is_its_template_filled()
    {
        var generator = new WorldGenerator(All);
        Taxonomy taxonomy = generator.Taxonomy;
        int rounds = 2 * WorldGenerator.CategoriesOf(SyntheticWorld.Something).Count;
        var played = new HashSet<int>();
        for (int i = 0; i < rounds; i++)
        {
            SyntheticClip clip = generator.Clip(i);
            Annotation annotation = clip.Annotation;
            played.Add(annotation.Category);
            CaptionTemplate template = taxonomy.Templates[annotation.Category];
            Assert.Equal(template.Brackets.Count, annotation.Placeholders.Count);
            Assert.All(annotation.Placeholders, placeholder => Assert.False(string.IsNullOrWhiteSpace(placeholder)));
            Assert.Equal(template.Fill(annotation.Placeholders), annotation.Label, ignoreCase: true);
            Assert.True(char.IsLower(annotation.Label![0]) || !char.IsLetter(annotation.Label[0]));
            Assert.InRange(clip.FrameCount, 24, 72);
            Assert.InRange(clip.Scene.Speed, 1, 2);
        }

        Assert.Equal(rounds / 2, played.Count);
    }

    [Fact]
    public void A_clip_is_the_same_on_any_thread_and_in_a_longer_set()
    {
        var format = new FrameFormat(64, 48, 12);
        byte[][] Pixels(int threads, int clips)
        {
            var generator = new WorldGenerator(All with { Clips = clips });
            var made = new byte[6][];
            Parallel.For(
                0,
                made.Length,
                new ParallelOptions { MaxDegreeOfParallelism = threads },
                i => made[i] = generator.Clip(i).Render(format).Pixels.ToArray()
            );
            return made;
        }

        byte[][] one = Pixels(1, 6),
            four = Pixels(4, 60);
        for (int i = 0; i < one.Length; i++)
        {
            Assert.Equal(one[i], four[i]);
        }

        Assert.Equal(
            new WorldGenerator(All with { Clips = 6 }).Annotate(5),
            new WorldGenerator(All with { Clips = 60 }).Annotate(5)
        );
    }

    [Fact]
    public void Annotations_and_boxes_of_a_seed_are_pinned()
    {
        // The same bytes on every system: a change here is a change of the generator's version.
        var hash = new System.IO.Hashing.XxHash3();
        var generator = new WorldGenerator(new SynthesisOptions { Seed = 20 });
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.File(OfficialLayout.TruthFolder));
        for (int i = 0; i < 5; i++)
        {
            SyntheticClip clip = generator.Clip(i);
            OfficialLayout.WriteTruth(folder.Path, clip.Truth());
            hash.Append(File.ReadAllBytes(OfficialLayout.TruthPath(folder.Path, clip.Annotation.Id)));
            hash.Append(System.Text.Encoding.UTF8.GetBytes(clip.Annotation.Label!));
        }

        Assert.Equal(PinnedHash, hash.GetCurrentHashAsUInt64());
    }

    private const ulong PinnedHash = 10903955297211862374;

    [Fact]
    public void Splits_have_their_shares_in_every_category()
    {
        SynthesisOptions options = SynthesisOptions.PaperKitchenware;
        var generator = new WorldGenerator(options);
        Annotation[] annotations = [.. Enumerable.Range(0, options.Clips).Select(generator.Annotate)];
        Assert.Equal(390, annotations.Length);
        Assert.Equal(13, annotations.Select(a => a.Category).Distinct().Count());
        Assert.All(
            annotations.GroupBy(a => a.Category),
            one => Assert.Equal(10, one.Count(a => a.Split == Split.Train))
        );
    }

    [Theory]
    [InlineData(0.02, 0.03)]
    [InlineData(0.15, 0)]
    [InlineData(0.1, 0.7)]
    public void Splits_have_the_shares_asked_for(double validation, double test)
    {
        const int clips = 3000;
        var generator = new WorldGenerator(
            new SynthesisOptions
            {
                World = SyntheticWorld.Kitchenware,
                Clips = clips,
                ValidationShare = validation,
                TestShare = test,
            }
        );
        Split[] splits = [.. Enumerable.Range(0, clips).Select(i => generator.Annotate(i).Split)];
        Assert.Equal(validation, splits.Count(s => s == Split.Validation) / (double)clips, 0.003);
        Assert.Equal(test, splits.Count(s => s == Split.Test) / (double)clips, 0.003);
    }

    [Fact]
    public void The_two_worlds_share_no_kind_and_no_noun_of_a_kind()
    {
        var home = Catalogue.Something.Kinds;
        var kitchen = Catalogue.Kitchenware.Kinds;
        Assert.True(home.Count >= 70);
        Assert.Equal(home.Count, home.Select(kind => kind.Name).Distinct().Count());
        Assert.Empty(home.Select(kind => kind.Name).Intersect(kitchen.Select(kind => kind.Name)));
        Assert.Empty(home.SelectMany(kind => kind.Nouns).Intersect(kitchen.SelectMany(kind => kind.Nouns)));
        Assert.DoesNotContain(home, kind => kind.Nouns.Any(noun => KitchenKinds.Utensils.Any(noun.Contains)));
    }

    [Fact]
    public void Only_the_kinds_that_were_named_are_cast_and_each_has_one_name()
    {
        var generator = new WorldGenerator(
            new SynthesisOptions
            {
                Categories = DemoWorld.Categories,
                Objects = DemoWorld.Objects,
                Seed = 5,
            }
        );
        string[] nouns = ["bottle", "mug", "bear", "book", "ball", "banana", "duck", "scissors", "hat"];
        string[] sheets = ["paper", "newspaper", "towel"];
        var targets = new CaptionTargets(generator.Taxonomy);
        var cast = new Dictionary<int, HashSet<string>>();
        for (int i = 0; i < 600; i++)
        {
            Annotation annotation = generator.Annotate(i);
            HashSet<string> own = cast.TryGetValue(annotation.Category, out HashSet<string>? known)
                ? known
                : cast[annotation.Category] = new(StringComparer.Ordinal);
            own.UnionWith(annotation.Placeholders.Select(text => targets.Simplify(text)));
        }

        // Slips of the finger apart, which are rare: every named kind is cast, and hardly anything else.
        var counted = cast.Values.SelectMany(own => own).ToHashSet();
        Assert.All(nouns.Concat(sheets), noun => Assert.Contains(noun, counted));
        Assert.All(cast.Values, own => Assert.True(own.Intersect(nouns.Concat(sheets)).Count() >= 2));
        Assert.Equal(12, cast.Count);
    }

    [Fact]
    public void A_kind_that_the_world_lacks_is_refused_by_name()
    {
        var fault = Assert.Throws<TaskGrainException>(() =>
            new WorldGenerator(new SynthesisOptions { Objects = ["ball", "unicorn"] })
        );
        Assert.Contains("'unicorn'", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("'ball'", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_that_cannot_be_acted_out_are_refused_together()
    {
        var fault = Assert.Throws<TaskGrainException>(() =>
            new WorldGenerator(new SynthesisOptions { Clips = 0, Categories = ["Singing [something]"] })
        );
        Assert.Contains("Singing", fault.Message, StringComparison.Ordinal);
        Assert.Contains("number of clips", fault.Message, StringComparison.Ordinal);
    }
}
