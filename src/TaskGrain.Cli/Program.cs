using System.CommandLine;
using TaskGrain.Cli;

RootCommand root = CommandTree.Create();
return await CommandRunner.RunAsync(root, args);
