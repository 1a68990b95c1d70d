using TaskGrain.Labels;
using TaskGrain.Training;

namespace TaskGrain.Lab.Studies;

/// <summary>A task that an encoder can be trained on: a row of the paper's Tables 2, 7 and of Figure 5.</summary>
/// <param name="Name">Short, for folders and tables.</param>
/// <param name="Title">The paper's words for it.</param>
/// <param name="Granularity">The grain of its labels.</param>
/// <param name="Lambda">Weight of classification against captioning; null for the grain's own.</param>
internal sealed record SourceTask(string Name, string Title, Granularity Granularity, LossSchedule? Lambda = null)
{
    /// <summary>The task whose trained model this one starts from; null for random weights.</summary>
    public SourceTask? Continues { get; init; }

    /// <summary>Epochs, where they differ from the study's.</summary>
    public int? Epochs { get; init; }

    /// <summary>Action groups alone.</summary>
    public static SourceTask Groups { get; } = new("cg", "CG actions", Granularity.ActionGroups);

    /// <summary>Action categories alone.</summary>
    public static SourceTask Categories { get; } = new("fg", "FG actions", Granularity.ActionCategories);

    /// <summary>Simplified captions and categories, λ lowered from 1 to 0.1.</summary>
    public static SourceTask SimplifiedJoint { get; } =
        new("so+fg", "SO captions & FG actions", Granularity.SimplifiedCaptions);

    /// <summary>The joint model of simplified captions, trained on at the paper's last λ, 0.1.</summary>
    /// <param name="epochs">For how long.</param>
    /// <returns>The task.</returns>
    public static SourceTask SimplifiedJointLonger(int epochs) =>
        SimplifiedJoint with
        {
            Name = $"so+fg+{epochs}",
            Title = $"SO captions & FG actions, {epochs} epochs more",
            Lambda = LossSchedule.Constant(0.1),
            Continues = SimplifiedJoint,
            Epochs = epochs,
        };

    /// <summary>Simplified captions alone, λ = 0.</summary>
    public static SourceTask SimplifiedAlone { get; } =
        new("so", "SO captions only", Granularity.SimplifiedCaptions, LossSchedule.Constant(0));

    /// <summary>Full captions and categories, λ lowered from 1 to 0.1.</summary>
    public static SourceTask CaptionsJoint { get; } = new("captions+fg", "captions & FG actions", Granularity.Captions);

    /// <summary>Full captions alone, λ = 0.</summary>
    public static SourceTask CaptionsAlone { get; } =
        new("captions", "captions only", Granularity.Captions, LossSchedule.Constant(0));
}
