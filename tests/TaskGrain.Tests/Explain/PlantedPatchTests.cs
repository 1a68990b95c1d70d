using TaskGrain.Explain;
using TaskGrain.Models;

namespace TaskGrain.Tests.Explain;

public sealed class PlantedPatchTests
{
    [Theory]
    [InlineData("conv6", 24)] // of four cells the pooling takes the first as bright as any
    [InlineData("conv4", 14)]
    [InlineData("conv3", 10)]
    [InlineData("conv2", 9)]
    public void A_patch_is_found_in_space_and_time_for_a_class_and_for_a_word(string layer, int within)
    {
        using VideoModel model = PlantedPatch.Model();
        using var explainer = new VideoExplainer(model);

        Explanation explanation = explainer.Explain(
            PlantedPatch.Video(),
            new ExplainOptions
            {
                Classes = ["a patch"],
                Caption = "patch",
                Layer = layer,
            }
        );

        Assert.Equal([SaliencyKind.Class, SaliencyKind.Word], explanation.Maps.Select(map => map.Kind));
        Assert.All(explanation.Maps, map => AssertFound(map, within));
    }

    [Fact]
    public void What_speaks_against_a_class_has_no_map()
    {
        using VideoModel model = PlantedPatch.Model();
        using var explainer = new VideoExplainer(model);

        // The patch makes "a patch" likelier and does nothing for the other class.
        Explanation explanation = explainer.Explain(
            PlantedPatch.Video(),
            new ExplainOptions
            {
                Classes = ["nothing at all"],
                Against = "a patch",
                Layer = "conv4",
            }
        );

        Assert.All(explanation.Maps, map => Assert.All(map.ToArray(), value => Assert.Equal(0, value)));
    }

    [Fact]
    public void A_contrast_shows_what_tells_two_classes_apart()
    {
        using VideoModel model = PlantedPatch.Model();
        using var explainer = new VideoExplainer(model);

        Explanation explanation = explainer.Explain(
            PlantedPatch.Video(),
            new ExplainOptions
            {
                Classes = ["a patch"],
                Against = "nothing at all",
                Layer = "conv3",
            }
        );

        Assert.Equal([SaliencyKind.Class, SaliencyKind.Contrast], explanation.Maps.Select(map => map.Kind));
        Assert.Equal("a patch, not nothing at all", explanation.Maps[1].Label);
        Assert.InRange(explanation.Maps[1].Probability, 0.5, 1);
        AssertFound(explanation.Maps[1], 10);
    }

    private static void AssertFound(SaliencyMap map, int within)
    {
        Assert.Equal((PlantedPatch.Frames, PlantedPatch.Crop), (map.Frames, map.Width));
        for (int frame = 0; frame < map.Frames; frame++)
        {
            float[] values = map.Frame(frame);
            if (PlantedPatch.At(frame) is not { } patch)
            {
                // Nothing but the rounding of grey, whose red less green is 0.
                Assert.InRange(map.Profile[frame], 0, 1e-5f);
                Assert.All(values, value => Assert.InRange(value, 0, 1e-5f));
                continue;
            }

            // The middle of what is as bright as the brightest.
            float most = values.Max();
            Assert.InRange(most, 0.5f, 1);
            int[] brightest = [.. Enumerable.Range(0, values.Length).Where(i => values[i] >= 0.999f * most)];
            double x = brightest.Average(i => i % map.Width) + 0.5;
            double y = brightest.Average(i => i / map.Width) + 0.5;
            Assert.InRange(Math.Abs(x - (patch.X + (PlantedPatch.Patch / 2))), 0, within);
            Assert.InRange(Math.Abs(y - (patch.Y + (PlantedPatch.Patch / 2))), 0, within);
        }
    }
}
