using TaskGrain.Models;
using TaskGrain.Models.Kernels;
using TaskGrain.Runtime.Ranks;
using TorchSharp;
using static TorchSharp.torch;

namespace TaskGrain.Training;

/// <summary>
/// Adds the parameters' gradients over the ranks while the backward pass goes on. Parameters lie in buckets in the
/// order in which that pass comes to them, from the heads to the first layers. Whenever it leaves a convolution block,
/// the buckets are begun whose gradients are all there; a gradient is there in one piece or not at all.
/// </summary>
internal sealed class GradientReduction : IDisposable
{
    /// <summary>Numbers of a bucket: large enough for a network's full speed, small enough to begin early.</summary>
    private const int BucketNumbers = 1 << 20;

    private readonly IRankGroup _ranks;
    private readonly ParameterSlice[] _slices;
    private readonly Bucket[] _buckets;
    private readonly Tensor _flat;
    private readonly List<Action> _unhook = [];
    private readonly Dictionary<(bool Classes, bool Captions), bool[]> _reached = [];
    private readonly List<Task> _running = [];
    private (bool Classes, bool Captions) _loss;
    private Exception? _fault;

    /// <param name="model">The model, on the device where it stays.</param>
    /// <param name="ranks">The ranks.</param>
    /// <param name="bucketNumbers">Least numbers of a bucket but the last.</param>
    public GradientReduction(VideoModel model, IRankGroup ranks, int bucketNumbers = BucketNumbers)
    {
        _ranks = ranks;
        _slices = ParameterSlice.Lay(model.Parameters().Reverse(), out long total);
        _buckets = Fill(_slices, bucketNumbers);
        _flat = zeros(total, ScalarType.Float32).DetachFromDisposeScope();
        foreach (ConvolutionBlock block in model.Encoder.modules().OfType<ConvolutionBlock>())
        {
            var hook = block.register_forward_pre_hook(
                (_, input) => is_grad_enabled() && input.requires_grad ? GradientMark.Of(input, Reached) : input
            );
            _unhook.Add(hook.remove);
        }
    }

    /// <summary>Buckets of the last step that were begun before its backward pass had ended.</summary>
    public int BegunEarly { get; private set; }

    /// <summary>Number of buckets.</summary>
    public int Buckets => _buckets.Length;

    /// <summary>Before the forward pass: which heads the loss will reach.</summary>
    public void Begin(bool classes, bool captions)
    {
        _loss = (classes, captions);
        _running.Clear();
        BegunEarly = 0;
    }

    /// <summary>
    /// After the backward pass: begins what is left, waits, and puts the sums in the gradients' places.
    /// </summary>
    public void Finish()
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable noGradient = no_grad();
        BegunEarly = _running.Count;
        if (_fault is not null)
        {
            throw new InvalidOperationException("the sum of gradients over the ranks failed", _fault);
        }

        bool[] reached = [.. _slices.Select(HasGradient)];
        _reached[_loss] = reached;
        while (_running.Count < _buckets.Length)
        {
            Begin(_buckets[_running.Count], reached);
        }

        for (int i = 0; i < _buckets.Length; i++)
        {
            _running[i].GetAwaiter().GetResult();
            for (int at = _buckets[i].First; at < _buckets[i].End; at++)
            {
                if (reached[at])
                {
                    ParameterSlice slice = _slices[at];
                    slice.Parameter.grad = slice.ViewOf(_flat).to(slice.Parameter.device);
                }
            }
        }
    }

    /// <summary>Takes the marks out of the model again.</summary>
    public void Dispose()
    {
        _unhook.ForEach(remove => remove());
        _unhook.Clear();
        _flat.Dispose();
    }

    /// <summary>
    /// In the backward pass. Which parameters a loss reaches is known from the last step with such a loss; the first
    /// one adds everything at its end.
    /// </summary>
    private void Reached()
    {
        try
        {
            if (!_reached.TryGetValue(_loss, out bool[]? reached))
            {
                return;
            }

            using DisposeScope scope = NewDisposeScope();
            using IDisposable noGradient = no_grad();
            while (
                _running.Count < _buckets.Length
                && Enumerable
                    .Range(_buckets[_running.Count].First, _buckets[_running.Count].Length)
                    .All(at => !reached[at] || HasGradient(_slices[at]))
            )
            {
                Begin(_buckets[_running.Count], reached);
            }
        }
        catch (Exception fault)
        {
            // Libtorch's threads know no exceptions of ours; told at the end of the pass.
            _fault ??= fault;
        }
    }

    private unsafe void Begin(Bucket bucket, bool[] reached)
    {
        for (int at = bucket.First; at < bucket.End; at++)
        {
            ParameterSlice slice = _slices[at];
            Tensor place = _flat.narrow(0, slice.Start, slice.End - slice.Start);
            if (reached[at])
            {
                place.copy_(slice.Gradient());
            }
            else
            {
                place.zero_();
            }
        }

        long start = _slices[bucket.First].Start;
        int count = (int)(_slices[bucket.End - 1].End - start);
        nint address = (nint)TensorMemory.Address(_flat) + (nint)(start * sizeof(float));
        _running.Add(_ranks.BeginSum(address, count));
    }

    private static bool HasGradient(ParameterSlice slice)
    {
        using Tensor? gradient = slice.Parameter.grad;
        return gradient is not null;
    }

    private static Bucket[] Fill(ParameterSlice[] slices, int numbers)
    {
        var buckets = new List<Bucket>();
        int first = 0;
        for (int at = 0; at < slices.Length; at++)
        {
            if (slices[at].End - slices[first].Start >= numbers || at == slices.Length - 1)
            {
                buckets.Add(new Bucket(first, at + 1));
                first = at + 1;
            }
        }

        return [.. buckets];
    }

    /// <summary>Parameters <paramref name="First"/> up to <paramref name="End"/>.</summary>
    private readonly record struct Bucket(int First, int End)
    {
        public int Length => End - First;
    }
}
