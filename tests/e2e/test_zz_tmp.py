import time,statistics,random
from framework_spec.reading import read_framework
from submission_svc.domain.push.rulebook import Rulebook
from tests.support.gateway import open_cycle
def test_zz(api):
    fw=read_framework(open("services/framework-svc/src/framework_svc/data/frameworks/openpmm-demo.yaml","rb").read())
    rb=Rulebook.of(fw,2024)
    cycle=open_cycle(api,"tmp-speed",framework="openpmm-demo")
    codes=[r["code"] for r in api.do("GET","/api/v1/populations/wco-members")["administrations"]][:150]
    lat=[]
    for m in codes:
        rows=[{"code":c,"year":y,"value":random.randint(int(max(0,rb.rules[c,y].minimum)),int(min(1000,rb.rules[c,y].maximum)))} for c,y in rb.rules]
        api.token(f"system-{m.lower()}")
        t=time.perf_counter(); a=api.call("POST",f"/api/v1/cycles/{cycle}/submissions/{m}/answers",f"system-{m.lower()}",json={"answers":rows}); lat.append(1000*(time.perf_counter()-t)); assert a.status_code==200,a.text
    lat.sort(); print("GATEWAY p50 %.1f p95 %.1f max %.1f"%(statistics.median(lat),lat[int(.95*len(lat))],lat[-1]))
