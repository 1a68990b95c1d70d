using TaskGrain.Runtime;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TaskGrain.Models.Baselines;

/// <summary>
/// The multi-scale temporal relation network of Zhou et al. (2018, arXiv 1711.08496) over the features of a few
/// frames: for every number d of frames from 2 to F, a two-layer perceptron g reads d frames in their order, its
/// results over several choices of frames are averaged, and a linear layer h makes logits; the scales' logits are
/// added.
/// </summary>
/// <remarks>
/// The paper adds up what g gives; here it is the mean, so that training on a few choices and testing on all of them
/// feed h numbers of one size. Frames' features pass a linear layer first, as in the authors' code.
/// </remarks>
internal sealed class TemporalRelations : Module<Tensor, Tensor>
{
    private readonly double _dropout;
    private readonly Linear projection;
    private readonly ModuleList<Linear> first;
    private readonly ModuleList<Linear> second;
    private readonly ModuleList<Linear> classes;
    private readonly IReadOnlyList<IReadOnlyList<int[]>> _every;

    /// <summary>Makes a network with random weights (PyTorch's default distribution).</summary>
    /// <param name="featureSize">Length D of a frame's features.</param>
    /// <param name="frames">F, at least 2.</param>
    /// <param name="units">Units of the projection and of g's layers; 256 in the paper.</param>
    /// <param name="classCount">Number of classes.</param>
    /// <param name="dropout">Probability that an entry of a projected frame is dropped in training.</param>
    /// <param name="random">Draws the weights.</param>
    public TemporalRelations(
        int featureSize,
        int frames,
        int units,
        int classCount,
        double dropout,
        SeededRandom random
    )
        : base(NativeLibraries.LoadedFor(nameof(TemporalRelations)))
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(frames, 2);
        ArgumentNullException.ThrowIfNull(random);
        _dropout = dropout;
        _every = FrameTuples.Every(frames);
        Frames = frames;
        int[] sizes = [.. Enumerable.Range(2, frames - 1)];
        projection = Linear(featureSize, units);
        first = new ModuleList<Linear>([.. sizes.Select(size => Linear(size * units, units))]);
        second = new ModuleList<Linear>([.. sizes.Select(_ => Linear(units, units))]);
        classes = new ModuleList<Linear>([.. sizes.Select(_ => Linear(units, classCount))]);
        RegisterComponents();
        ulong stream = 0;
        foreach (Linear layer in (Linear[])[projection, .. first, .. second, .. classes])
        {
            Initialisation.Linear(layer, random.Derive(++stream));
        }
    }

    /// <summary>F, the frames it reads.</summary>
    public int Frames { get; }

    /// <summary>Classifies clips by all choices of their frames.</summary>
    /// <param name="input">(N, F, D), float32: the features of F frames in the order of time.</param>
    /// <returns>(N, classes), float32 logits.</returns>
    public override Tensor forward(Tensor input) => Relate(input, _every);

    /// <summary>Classifies clips by some choices of their frames.</summary>
    /// <param name="input">(N, F, D), float32.</param>
    /// <param name="choices">For each d from 2 to F, choices of d frames, ascending: <see cref="FrameTuples"/>.</param>
    /// <returns>(N, classes), float32 logits.</returns>
    public Tensor Relate(Tensor input, IReadOnlyList<IReadOnlyList<int[]>> choices)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(choices);
        using var scope = NewDisposeScope();
        Tensor frames = functional.dropout(projection.call(input), _dropout, training); // (N, F, units)
        Tensor? logits = null;
        for (int scale = 0; scale < choices.Count; scale++)
        {
            IReadOnlyList<int[]> own = choices[scale];
            Tensor index = tensor(own.SelectMany(choice => choice).Select(frame => (long)frame).ToArray());
            // (N, choices, d · units)
            Tensor chosen = frames.index_select(1, index.to(frames.device)).view(frames.shape[0], own.Count, -1);
            Tensor relation = functional.relu(first[scale].call(functional.relu(chosen)));
            relation = functional.relu(second[scale].call(relation)).mean([1]); // (N, units)
            Tensor scores = classes[scale].call(relation);
            logits = logits is null ? scores : logits.Plus(scores);
        }

        return logits!.MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            projection.Dispose();
            first.Dispose();
            second.Dispose();
            classes.Dispose();
        }

        base.Dispose(disposing);
    }
}
