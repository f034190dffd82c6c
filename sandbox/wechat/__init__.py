"""WeChat's platform for official accounts and mini-programs, below ``/weixin`` of the sandbox (api, mp and open in one).

It knows nothing of the program that calls it. Errors are told with HTTP 200 and an errcode; most successes have none.
"""
