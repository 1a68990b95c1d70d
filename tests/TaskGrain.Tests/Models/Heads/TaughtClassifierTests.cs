using TaskGrain.Models;
using TaskGrain.Models.Heads;
using TaskGrain.Runtime;
using TaskGrain.Tests.Inference;
using TaskGrain.Tests.Transfer;
using static TorchSharp.torch;

namespace TaskGrain.Tests.Models.Heads;

public sealed class TaughtClassifierTests
{
    /// <summary>What the program wrote into the first files of taught models, but for the sizes.</summary>
    private const string Description = """
        {
          "format": 1,
          "encoder": {
            "architecture": "M(8-8)", "lstmHidden": 16, "lstmLayers": 1, "featureSize": 24, "dropout": 0.1,
            "cropSize": 56, "finalPool": 1
          },
          "preprocessing": {
            "frames": { "width": 64, "height": 64, "framesPerSecond": 12, "bytesPerFrame": 12288 },
            "clip": { "frames": 8, "frameStride": 2, "cropSize": 56, "flip": false },
            "pixelScale": 0.015625
          },
          "granularity": "action-groups",
          "taxonomy": {
            "categories": ["Moving [something]"], "groups": ["Moving"], "categoryGroups": [0]
          },
          "classifier": null,
          "decoder": null,
          "vocabulary": null,
          "captions": { "rareCount": 0, "objectNoun": "ownPhrase" },
          "taught": {
            "classifier": "logistic",
            "hidden": 0,
            "classes": ["blue", "red"],
            "vectorsPerSecond": 12,
            "overlap": 0.5,
            "tensors": [
              { "name": "projection_mean", "shape": [24] },
              { "name": "projection_matrix", "shape": [24, 1] },
              { "name": "out_weight", "shape": [1, 2] },
              { "name": "out_bias", "shape": [2] }
            ],
            "clips": 6,
            "expectedAccuracy": 1,
            "expectedLow": 0.6096657120978346,
            "expectedHigh": 1
          },
          "captionLength": 14,
          "origin": null
        }
        """;

    [Fact]
    public void A_file_of_the_first_form_still_opens_and_computes_what_it_did()
    {
        using var scope = NewDisposeScope();
        using var folder = new TemporaryFolder();
        Write(folder.File("m.safetensors"), weights: [-1, 1]);

        using VideoModel model = ModelFile.Load(folder.File("m.safetensors"), CPU, Precision.Float32);

        // Less its mean of 1, feature 0 is 2 in the first vector and -1 in the second; the matrix doubles it and the
        // bias gives blue 1: logits (-4 + 1, 4) and (2 + 1, -2).
        float[] values = new float[2 * 24];
        values[0] = 3;
        double first = 1 / (1 + Math.Exp(7));
        double second = 1 / (1 + Math.Exp(-5));
        float[] row = model.Taught!.Classifier.Predict(new FeatureSequence(values, 2, 24));
        Assert.Equal((first + second) / 2, row[0], 1e-6);
        Assert.Equal(["blue", "red"], model.Taught.Head.Classes);
        Assert.Equal(0.6096657120978346, model.Taught.Head.ExpectedLow);
    }

    [Fact]
    public void A_damaged_one_is_refused_with_the_files_name_when_it_is_opened()
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("m.safetensors");
        Write(path, weights: [1, 1, 1], shape: "[1, 3]");

        var fault = Assert.Throws<TaskGrainException>(() => ModelFile.Load(path, CPU, Precision.Float32));

        Assert.Contains(path, fault.Message, StringComparison.Ordinal);
        Assert.Contains("'out_weight' has 3 numbers where 2 are due", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_classifier_is_read_once_and_comes_back_from_a_file()
    {
        using var folder = new TemporaryFolder();
        using VideoModel model = HeadedModels.Create(HeadKind.BiLstm);
        ModelFile.Save(folder.File("m.safetensors"), model);
        using VideoModel loaded = ModelFile.Load(folder.File("m.safetensors"), CPU, Precision.Float32);
        (List<FeatureSequence> clips, _) = TransferData.Constant(2, 1, strength: 1, seed: 1, TinyModels.FeatureSize);

        Assert.Same(loaded.Taught!.Classifier, loaded.Taught.Classifier);
        Assert.Equal(model.Taught!.Classifier.Predict(clips[0]), loaded.Taught.Classifier.Predict(clips[0]));
        Assert.Equal(model.Description.ToJson(), loaded.Description.ToJson());
    }

    private static void Write(string path, float[] weights, string shape = "[1, 2]")
    {
        using var scope = NewDisposeScope();
        using VideoModel encoder = TinyModels.Create();
        var tensors = new Dictionary<string, Tensor>(StringComparer.Ordinal);
        foreach ((string name, Tensor value) in encoder.Tensors())
        {
            if (name.StartsWith("encoder.", StringComparison.Ordinal))
            {
                tensors[name] = value;
            }
        }

        float[] mean = new float[24];
        mean[0] = 1;
        float[] matrix = new float[24];
        matrix[0] = 2;
        tensors["taught.projection_mean"] = tensor(mean);
        tensors["taught.projection_matrix"] = tensor(matrix).reshape(24, 1);
        tensors["taught.out_weight"] = tensor(weights).reshape(1, -1);
        tensors["taught.out_bias"] = tensor(new float[] { 1, 0 });
        string description = Description.Replace("[1, 2]", shape, StringComparison.Ordinal);
        Safetensors.Write(
            path,
            tensors,
            new Dictionary<string, string>(StringComparer.Ordinal) { ["taskgrain"] = description }
        );
    }
}
