using System.Text.Json;
using TaskGrain.Labels;
using TaskGrain.Models;
using TaskGrain.Runtime;
using TaskGrain.Runtime.Storage;

namespace TaskGrain.Tests.Runtime.Storage;

public sealed class TaskGrainJsonTests
{
    [Theory]
    [InlineData("\"train\"")]
    [InlineData("\"Train\"")]
    [InlineData("\"TRAIN\"")]
    public void A_word_is_read_in_every_way_it_was_ever_written(string json) =>
        Assert.Equal(Split.Train, JsonSerializer.Deserialize<Split>(json, TaskGrainJson.Strict));

    [Theory]
    [InlineData("\"meanFeatures\"")]
    [InlineData("\"MeanFeatures\"")]
    [InlineData("\"mean-features\"")]
    public void Hyphens_do_not_matter(string json) =>
        Assert.Equal(
            ClassifierPooling.MeanFeatures,
            JsonSerializer.Deserialize<ClassifierPooling>(json, TaskGrainJson.Strict)
        );

    [Fact]
    public void A_word_is_written_in_one_way()
    {
        Assert.Equal("\"train\"", Text(Split.Train));
        Assert.Equal("\"meanFeatures\"", Text(ClassifierPooling.MeanFeatures));
        Assert.Equal("\"bfloat16\"", Text(Precision.BFloat16));
        Assert.Equal("\"action-categories\"", Text(Granularity.ActionCategories));
        Assert.Equal("\"missing-media\"", Text(DataProblemKind.MissingMedia));
        Assert.Equal("{\"test\":1}", Text(new Dictionary<Split, int> { [Split.Test] = 1 }));
        Assert.Equal("{\"größe\":\"ä<b>\"}", Text(new { größe = "ä<b>" }));

        static string Text<T>(T value) => JsonSerializer.Serialize(value, TaskGrainJson.Strict);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("\"0\"")]
    [InlineData("\"nothing\"")]
    [InlineData("null")]
    public void What_is_no_word_of_it_is_refused_with_those_that_are(string json)
    {
        var fault = Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<Split>(json, TaskGrainJson.Strict));
        Assert.Contains("train, validation, test", fault.Message);
    }

    [Fact]
    public void An_unknown_key_and_one_that_is_there_twice_are_errors()
    {
        Assert.Throws<JsonException>(() => Read("""{"frames":1,"cropSise":3}"""));
        Assert.Throws<JsonException>(() => Read("""{"frames":1,"frames":2}"""));
        Assert.Equal(5, Read("""{"frames":5, /* a comment */ }""")!.Frames);

        static TaskGrain.Video.ClipSamplerOptions? Read(string json) =>
            JsonSerializer.Deserialize<TaskGrain.Video.ClipSamplerOptions>(json, TaskGrainJson.Readable);
    }
}
