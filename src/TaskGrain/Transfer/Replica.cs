using TaskGrain.Models.Heads;
using TaskGrain.Runtime;

namespace TaskGrain.Transfer;

/// <summary>One training of one head: its clips, its optimiser, its order of clips. Runs on one thread.</summary>
internal sealed class Replica
{
    private readonly SequenceSet _set;
    private readonly int[] _clips;
    private readonly FewShotOptions _options;
    private readonly FewShotSetting _setting;
    private readonly AdamW _optimizer;
    private readonly SeededRandom _order;
    private readonly SeededRandom _noise;
    private readonly int[] _batch;
    private int _next;

    /// <param name="head">The head; its weights are drawn here.</param>
    /// <param name="set">All clips.</param>
    /// <param name="clips">Those to train on.</param>
    /// <param name="setting">Regularisation.</param>
    /// <param name="options">Batch size and learning rate.</param>
    /// <param name="random">Fixes weights, order and dropout.</param>
    public Replica(
        Head head,
        SequenceSet set,
        int[] clips,
        FewShotSetting setting,
        FewShotOptions options,
        SeededRandom random
    )
    {
        Head = head;
        _set = set;
        _clips = [.. clips];
        _setting = setting;
        _options = options;
        _optimizer = new AdamW(head.Parameters.Length);
        _order = random.Derive(1);
        _noise = random.Derive(2);
        _batch = new int[Math.Min(options.BatchSize, clips.Length)];
        head.Initialise(random.Derive(0));
        _order.Shuffle<int>(_clips);
    }

    public Head Head { get; }

    /// <summary>Makes some updates.</summary>
    public void Train(int updates, CancellationToken cancel)
    {
        for (int i = 0; i < updates; i++)
        {
            cancel.ThrowIfCancellationRequested();
            NextBatch();
            Head.Backpropagate(_set, _batch, _setting.Dropout, _noise);
            _optimizer.Update(
                Head.Parameters,
                Head.Gradient,
                _options.LearningRate,
                _setting.WeightDecay,
                Head.Weights
            );
        }
    }

    /// <summary>
    /// The next clips of a random order; a new order begins when it is used up, in the middle of a batch if need be.
    /// </summary>
    private void NextBatch()
    {
        for (int i = 0; i < _batch.Length; i++)
        {
            if (_next == _clips.Length)
            {
                _order.Shuffle<int>(_clips);
                _next = 0;
            }

            _batch[i] = _clips[_next++];
        }
    }
}
