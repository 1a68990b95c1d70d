using System.Text.Json;
using TaskGrain.Runtime.Storage;
using TaskGrain.Video;

namespace TaskGrain.Tests.Runtime.Storage;

public sealed class JsonFaultsTests
{
    [Theory]
    [InlineData("{\"frames\":\"a\"}", "a whole number within range is expected at $.frames")]
    [InlineData("{\"frames\":1e99}", "a whole number within range is expected at $.frames")]
    [InlineData("{\n\"flip\":3}", "true or false is expected at $.flip, line 2")]
    [InlineData("{\"frmes\":3}", "there is no key 'frmes' here at $.frmes")]
    [InlineData("[1]", "the value is of the wrong kind")]
    public void What_is_wrong_is_said_without_names_of_types(string json, string expected)
    {
        var fault = Assert.Throws<JsonException>(() =>
            JsonSerializer.Deserialize<ClipSamplerOptions>(json, TaskGrainJson.Strict)
        );
        Assert.Equal(expected, fault.Explain());
    }

    [Fact]
    public void Half_a_file_is_told_in_one_line()
    {
        var fault = Assert.ThrowsAny<JsonException>(() =>
            JsonSerializer.Deserialize<ClipSamplerOptions>("{\n\"frames\":", TaskGrainJson.Strict)
        );
        Assert.DoesNotContain('\n', fault.Explain());
        Assert.DoesNotContain("TaskGrain", fault.Explain());
        Assert.Contains("line 2", fault.Explain());
    }
}
