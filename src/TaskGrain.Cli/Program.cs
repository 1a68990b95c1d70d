using TaskGrain.Cli;
using TaskGrain.Runtime;

TaskGrainRuntime.Configure();
return await CommandRunner.RunAsync(CommandTree.Create(), args);
