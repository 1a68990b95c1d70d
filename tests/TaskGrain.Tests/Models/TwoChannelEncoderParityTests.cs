using System.Text.Json;
using System.Text.RegularExpressions;
using TaskGrain.Models;
using TaskGrain.Runtime;
using static TorchSharp.torch;

namespace TaskGrain.Tests.Models;

/// <summary>The encoder against the paper's parameter counts and the authors' own implementation.</summary>
public sealed class TwoChannelEncoderParityTests
{
    public static TheoryData<string, long> ParameterCounts()
    {
        using JsonDocument document = JsonDocument.Parse(
            File.ReadAllBytes(TestData.File("parity/parameter_counts.json"))
        );
        var rows = new TheoryData<string, long>();
        foreach (JsonElement row in document.RootElement.EnumerateArray())
        {
            rows.Add(row.GetProperty("model").GetString()!, row.GetProperty("parameters").GetInt64());
        }

        return rows;
    }

    [Theory]
    [MemberData(nameof(ParameterCounts))]
    public void Has_exactly_the_papers_number_of_parameters(string architecture, long parameters)
    {
        using var scope = NewDisposeScope();
        using var encoder = new TwoChannelEncoder(
            new EncoderOptions { Architecture = EncoderArchitecture.Parse(architecture) }
        );

        Assert.Equal(parameters, encoder.parameters().Sum(parameter => parameter.numel()));
    }

    [Theory]
    [InlineData("encoder_tiny")]
    [InlineData("encoder_M256_0")]
    [InlineData("encoder_M0_256")]
    [InlineData("encoder_M256_256")]
    public void Gives_the_authors_outputs(string file)
    {
        using var scope = NewDisposeScope();
        ParityReference reference = ParityReference.Load(file);
        using TwoChannelEncoder encoder = Build(reference);
        using IDisposable noGradient = no_grad();

        ChannelMaps maps = encoder.Maps(reference.Input("input"));
        Tensor features = encoder.FromMaps(maps);

        if (reference.Root.TryGetProperty("intermediate", out JsonElement intermediate))
        {
            AssertChannel(intermediate, "channel_2d_features", maps.Map2D);
            AssertChannel(intermediate, "channel_3d_features", maps.Map3D);
        }

        ParityReference.AssertMatches(reference.Root.GetProperty("features"), features, 1e-4);
    }

    /// <summary>An encoder with the file's sizes and weights, in evaluation mode and float32.</summary>
    internal static TwoChannelEncoder Build(ParityReference reference)
    {
        int Size(string name) => reference.Config.GetProperty(name).GetInt32();
        var encoder = new TwoChannelEncoder(
            new EncoderOptions
            {
                Architecture = new EncoderArchitecture(Size("features_3d"), Size("features_2d")),
                LstmHidden = Size("lstm_hidden_per_direction"),
                FeatureSize = Size("feature_size"),
            }
        )
        {
            Compute = Precision.Float32,
        };
        Assert.Equal(reference.Root.GetProperty("parameters").GetInt64(), encoder.parameters().Sum(p => p.numel()));
        reference.FillWeights(encoder.state_dict(), KeyOf);
        encoder.eval();
        return encoder;
    }

    /// <summary>Our checkpoint key for the authors' name of an encoder tensor.</summary>
    internal static string KeyOf(string authors)
    {
        string key = Regex.Replace(
            authors,
            @"^c([23])d_extractor\.conv(\d)\.",
            "channel$1d.block$2.",
            RegexOptions.None,
            TimeSpan.FromSeconds(1)
        );
        key = key.Replace(".batchnorm.", ".norm.", StringComparison.Ordinal);
        return Regex.Replace(key, @"^fc\.", "projection.", RegexOptions.None, TimeSpan.FromSeconds(1));
    }

    private static void AssertChannel(JsonElement intermediate, string name, Tensor? map)
    {
        if (intermediate.TryGetProperty(name, out JsonElement expected))
        {
            Assert.NotNull(map);
            ParityReference.AssertMatches(expected, map.amax([3, 4]).transpose(1, 2), 1e-4);
        }
    }
}
