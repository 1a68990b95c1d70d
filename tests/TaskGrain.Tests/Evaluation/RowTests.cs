using System.Text.Json;
using TaskGrain.Evaluation;
using TaskGrain.Labels;
using TaskGrain.Metrics;
using TaskGrain.Runtime.Storage;

namespace TaskGrain.Tests.Evaluation;

public sealed class RowTests
{
    private static readonly AccuracyRow Probe = new()
    {
        Method = AccuracyMethod.LinearProbe,
        TrainedOn = Granularity.ActionGroups,
        TestedOn = Granularity.ActionCategories,
        Classes = 12,
        Clips = 40,
        Right = 30,
        RightInTop = 36,
        TopCount = 5,
        MeanClassAccuracy = 0.7,
        TrainingClips = 100,
    };

    private static readonly CaptionRow Nearest = new()
    {
        Method = CaptionMethod.NearestClip,
        TrainingClips = 100,
        Scores = new CaptionScores { Captions = 10, ExactMatches = 8 },
    };

    [Fact]
    public void Shares_and_intervals_follow_from_the_counts()
    {
        Assert.Equal((0.75, 0.9), (Probe.Top1, Probe.TopK!.Value));

        // Wilson's interval of 30 of 40.
        Assert.Equal(0.5981, Probe.Interval!.Value.Low, 1e-4);
        Assert.Equal(0.8581, Probe.Interval.Value.High, 1e-4);

        // And of 8 of 10.
        Assert.Equal(0.8, Nearest.Scores.ExactMatch);
        Assert.Equal(0.490162, Nearest.ExactMatchInterval.Low, 1e-6);
        Assert.Equal(0.943318, Nearest.ExactMatchInterval.High, 1e-6);
    }

    [Fact]
    public void Chance_is_computed_and_so_has_neither_count_nor_interval()
    {
        AccuracyRow chance = new()
        {
            Method = AccuracyMethod.Chance,
            TestedOn = Granularity.ActionGroups,
            Classes = 8,
            Clips = 40,
        };

        Assert.Equal((0.125, null, null), (chance.Top1, chance.Interval, chance.TopK));
    }

    [Fact]
    public void What_was_not_counted_is_not_a_number_and_none_of_some_is_zero()
    {
        Assert.True(double.IsNaN(new CaptionScores { Captions = 10 }.ExactMatch));
        Assert.Equal(0, new CaptionScores { Captions = 10, ExactMatches = 0 }.ExactMatch);
    }

    [Fact]
    public void A_class_without_clips_has_no_recall_and_one_that_nothing_is_taken_for_no_precision()
    {
        Assert.Equal((0.6, 0.75), (new ClassResult("a", 5, 3, 4).Recall, new ClassResult("a", 5, 3, 4).Precision));
        Assert.Equal((null, 0.0), (new ClassResult("a", 0, 0, 4).Recall, new ClassResult("a", 0, 0, 4).Precision));
        Assert.Null(new ClassResult("a", 5, 0, 0).Precision);
    }

    [Fact]
    public void A_program_reads_methods_counts_and_shares_and_gets_the_row_back()
    {
        string json = JsonSerializer.Serialize(Probe, TaskGrainJson.Readable);
        using JsonDocument document = JsonDocument.Parse(json);
        JsonElement row = document.RootElement;

        Assert.Equal("linearProbe", row.GetProperty("method").GetString());
        Assert.Equal("action-categories", row.GetProperty("testedOn").GetString());
        Assert.Equal((30, 40), (row.GetProperty("right").GetInt32(), row.GetProperty("clips").GetInt32()));
        Assert.Equal(0.75, row.GetProperty("top1").GetDouble());
        Assert.Equal(Probe, JsonSerializer.Deserialize<AccuracyRow>(json, TaskGrainJson.Readable));
        Assert.Equal(
            Nearest,
            JsonSerializer.Deserialize<CaptionRow>(
                JsonSerializer.Serialize(Nearest, TaskGrainJson.Readable),
                TaskGrainJson.Readable
            )
        );
    }

    [Theory]
    [InlineData(AccuracyMethod.Classifier, "classifier")]
    [InlineData(AccuracyMethod.SummedFromFiner, "sum of each group's probabilities")]
    [InlineData(AccuracyMethod.MostFrequentOfGroup, "most frequent category of the predicted group")]
    [InlineData(AccuracyMethod.LinearProbe, "linear classifier on frozen features, 100 training clips")]
    [InlineData(AccuracyMethod.CommonestClass, "the commonest training class for every clip")]
    [InlineData(AccuracyMethod.Chance, "chance")]
    public void The_words_for_an_accuracy(AccuracyMethod method, string words) =>
        Assert.Equal(words, RowText.Of(Probe with { Method = method }));

    [Theory]
    [InlineData(CaptionMethod.Decoder, 1, "greedy")]
    [InlineData(CaptionMethod.Decoder, 5, "beam of 5")]
    [InlineData(CaptionMethod.Template, null, "predicted category, likeliest objects")]
    [InlineData(CaptionMethod.NearestClip, null, "nearest of 100 training clips")]
    public void The_words_for_captions(CaptionMethod method, int? beam, string words) =>
        Assert.Equal(words, RowText.Of(Nearest with { Method = method, BeamWidth = beam }));
}
